/** A real stand-in on the test clock, in memory, and its API in this process. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import { createInProcessTransport, policies } from '../../simulator/index.js';
import { createApi } from '../../simulator/server/api/create-api.js';
import type { ApiOptions } from '../../simulator/server/api/options.js';
import { openStandIn } from '../../simulator/server/open.js';
import type { StandInOptions } from '../../simulator/server/options.js';
import type { StandIn } from '../../simulator/server/stand-in.js';

const TOKEN = 'right';
const KEY = 'right';
export const CONTROL = { Authorization: `Bearer ${TOKEN}` };
export const TRUORA = { 'Truora-API-Key': KEY };

const OPEN_TIMEOUT_MS = 60_000;

/** What was logged, each line as JSON. */
export const createLines = () => {
  const lines: string[] = [];
  const write =
    (level: string) =>
    (facts: object, message: string): void => {
      lines.push(JSON.stringify({ level, message, ...facts }));
    };
  const log = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
  return { lines, log };
};

/** Opens a stand-in whose receiver takes everything; it is closed by whoever opened it. */
export const openLab = async (
  options: Partial<StandInOptions & ApiOptions> = {},
): Promise<{
  readonly standIn: StandIn;
  readonly api: ReturnType<typeof createApi>;
  readonly lines: readonly string[];
  /** The tokens that the receiver has got. */
  readonly sent: readonly string[];
}> => {
  const { lines, log } = createLines();
  const sent: string[] = [];
  const common = { publicUrl: () => 'http://localhost:4000', log, ...options };
  const standIn = await openStandIn({
    database: { kind: 'embedded', folder: undefined },
    policy: policies.documented,
    clock: 'test',
    transport: createInProcessTransport(async (request) => {
      sent.push(await request.text());
      return new Response('taken');
    }),
    mailer: undefined,
    secret: undefined,
    concurrency: 10,
    jitter: 0,
    seed: 1,
    ...common,
  });
  return { standIn, api: apiOf(standIn, common), lines, sent };
};

/** The API of a stand-in, opened by the right key and token. */
export const apiOf = (standIn: StandIn, options: Partial<ApiOptions> = {}) =>
  createApi(standIn, {
    apiKey: KEY,
    controlToken: TOKEN,
    publicUrl: () => 'http://localhost:4000',
    allowedHosts: [],
    page: undefined,
    log: createLines().log,
    ...options,
  });

/** One for all tests of a file: opening one takes a second. After each test there are no hooks. */
export const shareLab = () => {
  let lab: (Awaited<ReturnType<typeof openLab>> & ReturnType<typeof callerOf>) | undefined;
  const opened = () => {
    if (lab === undefined) throw new Error('the lab is opened before the tests');
    return lab;
  };
  beforeAll(async () => {
    const { api, ...rest } = await openLab();
    lab = { api, ...rest, ...callerOf(api) };
  }, OPEN_TIMEOUT_MS);
  afterEach(async () => {
    const { hooks } = opened().standIn;
    const { rows } = await hooks.list({ limit: 1000 });
    for (const { id } of rows) await hooks.remove(id);
  });
  afterAll(async () => lab?.standIn.close());
  return opened;
};

/** Calls an API with the right key and token. */
export const callerOf = (api: ReturnType<typeof createApi>) => {
  const call = async (method: string, path: string, init: RequestInit = {}) => {
    const response = await api.request(path, { method, ...init });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson ? JSON.parse(text) : undefined) as Record<string, never>,
    };
  };
  return {
    call,
    /** The control API, with JSON. */
    control: async (method: string, path: string, body?: unknown) =>
      call(method, `/_hookproof${path}`, {
        headers: {
          ...CONTROL,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    /** Truora's API, with a form. */
    truora: async (method: string, path: string, form?: readonly (readonly [string, string])[]) =>
      call(method, path, {
        headers: TRUORA,
        ...(form === undefined
          ? {}
          : {
              body: new URLSearchParams(
                form.map(([name, value]): [string, string] => [name, value]),
              ),
            }),
      }),
  };
};
