/** A real stand-in on the test clock, in memory, and its API in this process. */
import { onTestFinished } from 'vitest';
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
}> => {
  const { lines, log } = createLines();
  const common = { publicUrl: () => 'http://localhost:4000', log, ...options };
  const standIn = await openStandIn({
    database: { kind: 'embedded', folder: undefined },
    policy: policies.documented,
    clock: 'test',
    transport: createInProcessTransport(() => new Response('taken')),
    mailer: undefined,
    secret: undefined,
    concurrency: 10,
    seed: 1,
    ...common,
  });
  return { standIn, api: apiOf(standIn, common), lines };
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

/** The same for one test, which closes it. */
export const useLab = async (options: Partial<StandInOptions & ApiOptions> = {}) => {
  const lab = await openLab(options);
  onTestFinished(async () => lab.standIn.close());
  return { ...lab, ...callerOf(lab.api) };
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
