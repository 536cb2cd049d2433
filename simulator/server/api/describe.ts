/** The OpenAPI document of the routes, and the page that shows it. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { contentSecurityPolicyOf } from './http/headers.js';
import { referencePage } from './operating/reference.js';
import type { ApiEnv } from './options.js';

const INFO = {
  title: 'hookproof, a stand-in for Truora’s hooks',
  version: '1',
  description:
    'Truora’s API as far as hooks, events and resources go, and a control API of its own. Truora’s routes want the header Truora-API-Key, those under /_hookproof/ the control token.',
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
};

export const describeApi = (api: OpenAPIHono<ApiEnv>): void => {
  const { openAPIRegistry: registry } = api;
  registry.registerComponent('securitySchemes', 'truoraApiKey', {
    type: 'apiKey',
    in: 'header',
    name: 'Truora-API-Key',
  });
  registry.registerComponent('securitySchemes', 'controlToken', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'controlTokenHeader', {
    type: 'apiKey',
    in: 'header',
    name: 'X-Hookproof-Token',
  });
  // Most who open an API never read of it.
  const documentOf = once(() =>
    api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: INFO,
      security: [{ controlToken: [] }, { controlTokenHeader: [] }],
    }),
  );
  const pageOf = once(() => {
    const html = referencePage(documentOf());
    return { html, policy: contentSecurityPolicyOf(html) };
  });
  api.get('/openapi.json', (context) => context.json(documentOf()));
  api.get('/reference', (context) => {
    const { html, policy } = pageOf();
    return context.html(html, 200, { 'Content-Security-Policy': policy });
  });
};

const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
};
