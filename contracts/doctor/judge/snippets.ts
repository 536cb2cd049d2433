/** Mends that are code, in the words of the framework that a receiver seems to use. */
import { languageIn } from '../../runner/language.js';
import type { Reply } from '../seen.js';

export interface Snippet {
  readonly language: 'js' | 'python' | 'php' | 'nginx';
  readonly text: string;
}

type Framework = 'express' | 'fastify' | 'koa' | 'nginx' | 'python' | 'php' | 'other';

/** By what servers say of themselves in headers and in their own error bodies. */
const frameworkOf = ({ headers, text }: Pick<Reply, 'headers' | 'text'>): Framework => {
  const words = `${headers['server'] ?? ''} ${headers['x-powered-by'] ?? ''}`;
  if (/express/i.test(words) || /<pre>Cannot (?:GET|POST)/.test(text)) return 'express';
  if (/FST_ERR_/.test(text)) return 'fastify';
  if (/nginx/i.test(words)) return 'nginx';
  const language = languageIn(words);
  return language === 'python' || language === 'php' ? language : 'other';
};

const READ: Readonly<Partial<Record<Framework, (path: string) => Snippet>>> = {
  express: (path) => ({
    language: 'js',
    text: [
      '// before app.use(express.json())',
      `app.post('${path}', express.text({ type: 'application/jwt', limit: '1mb' }), handler);`,
    ].join('\n'),
  }),
  fastify: () => ({
    language: 'js',
    text: [
      "app.addContentTypeParser('application/jwt', { parseAs: 'string' }, (_request, body, done) =>",
      '  done(null, body),',
      ');',
    ].join('\n'),
  }),
  python: () => ({
    language: 'python',
    text: 'token = request.get_data(as_text=True)  # Flask; in FastAPI: (await request.body()).decode()',
  }),
  php: () => ({ language: 'php', text: "$token = file_get_contents('php://input');" }),
};

/** How a route reads its body as text; Express where nothing tells. */
export const readAsText = (reply: Pick<Reply, 'headers' | 'text'>, path: string): Snippet => {
  const make = READ[frameworkOf(reply)] ?? READ.express;
  return make === undefined ? { language: 'js', text: '' } : make(path);
};

const LIMITS: Readonly<Partial<Record<Framework, (path: string) => Snippet>>> = {
  express: (path) => ({
    language: 'js',
    text: `app.post('${path}', express.text({ type: 'application/jwt', limit: '1mb' }), handler);`,
  }),
  fastify: () => ({ language: 'js', text: 'Fastify({ bodyLimit: 1024 * 1024 })' }),
  nginx: () => ({ language: 'nginx', text: 'client_max_body_size 1m;' }),
};

/** How a larger body is let in; undefined where it is not known who limits it. */
export const liftLimit = (
  reply: Pick<Reply, 'headers' | 'text'>,
  path: string,
): Snippet | undefined => LIMITS[frameworkOf(reply)]?.(path);
