import { Server } from 'node:net';

/** An application that is given where a handler belongs. */
export interface Application {
  readonly name: string;
  /** What to pass in its place. */
  readonly target: string;
  /** It can be called as a Node handler as it is. */
  readonly isHandler: boolean;
}

interface Marks extends Application {
  /** The methods that give it away; the first row that fits is taken. */
  readonly methods: readonly string[];
}

/** Told apart by their public methods, so that none of their packages is needed. */
const known: readonly Marks[] = [
  {
    name: 'a Nest app',
    methods: ['getHttpAdapter', 'init'],
    target: '{ node: app.getHttpAdapter().getInstance() } after await app.init()',
    isHandler: false,
  },
  {
    name: 'an Express app',
    methods: ['use', 'handle', 'set', 'listen'],
    target: '{ node: app }',
    isHandler: true,
  },
  {
    name: 'an Express router',
    methods: ['use', 'handle', 'route'],
    target: '{ node: express().use(router) }',
    isHandler: false,
  },
  { name: 'a Connect app', methods: ['use', 'handle'], target: '{ node: app }', isHandler: true },
  {
    name: 'a Koa app',
    methods: ['use', 'callback', 'listen'],
    target: '{ node: app.callback() }',
    isHandler: false,
  },
  {
    name: 'a Fastify app',
    methods: ['routing', 'ready', 'inject'],
    target: '{ node: app.routing } after await app.ready()',
    isHandler: false,
  },
  {
    name: 'a hapi server',
    methods: ['decorate', 'inject', 'route'],
    target: '{ node: server.listener } after await server.initialize()',
    isHandler: false,
  },
  {
    name: 'an app with a fetch method',
    methods: ['fetch'],
    target: '(request) => app.fetch(request)',
    isHandler: false,
  },
];

/** Names the application that a value seems to be; undefined for a plain function or anything else. */
export const describeApplication = (value: unknown): Application | undefined => {
  if (value instanceof Server) {
    return { name: 'an http.Server', target: '{ node: server }', isHandler: false };
  }
  if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) {
    return undefined;
  }
  return known.find(({ methods }) => methods.every((name) => isMethod(value, name)));
};

const isMethod = (value: object, name: string): boolean =>
  typeof Reflect.get(value, name) === 'function';
