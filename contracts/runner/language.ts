import type { Attempt } from './case.js';
import type { Language } from './result.js';

/** What HTTP servers and frameworks say of themselves. */
const SIGNS: readonly (readonly [language: Language, sign: RegExp])[] = [
  ['node', /express|next\.js|koa|fastify|node/i],
  ['python', /python|werkzeug|gunicorn|uvicorn|hypercorn|waitress|wsgi/i],
  ['php', /php/i],
  ['java', /java|tomcat|jetty|undertow|jboss|glassfish|spring/i],
  ['go', /\bgo\b|golang|fasthttp|caddy/i],
];

/** The language that the words of a `Server` and an `X-Powered-By` header speak of. */
export const languageIn = (words: string): Language | null =>
  SIGNS.find(([, sign]) => sign.test(words))?.[0] ?? null;

/** The language a receiver seems to be written in, by its `Server` and `X-Powered-By` headers. */
export const languageOf = (attempts: readonly Attempt[]): Language | null =>
  languageIn(
    attempts
      .slice(0, 20)
      .map(
        ({ exchange: { headers } }) =>
          `${headers['x-powered-by'] ?? ''} ${headers['server'] ?? ''}`,
      )
      .join(' '),
  );
