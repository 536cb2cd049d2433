import { pageOf } from './html.js';

/** What stands at `/` where the page is not built in. */
export const frontPage = pageOf(
  'hookproof',
  `<h1>hookproof</h1>
<p>A stand-in for Truora’s hooks. <a href="/reference">What can be asked of it</a>, also as
<a href="/openapi.json">OpenAPI</a>.</p>`,
);
