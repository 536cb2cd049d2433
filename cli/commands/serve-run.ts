import { setFlagsFromString } from 'node:v8';
import { loadStandIn, loadStandInHttp } from '../../simulator/index.js';
import type { DeliveryPolicy } from '../../simulator/index.js';
import { readPolicy } from '../policy-choice.js';
import { findAccess, requireAllowed, wantedHook } from '../server/access.js';
import type { Access } from '../server/access.js';
import { prepareFolder } from '../server/data-folder.js';
import { databaseUrl, requireWebUrl, variable } from '../server/environment.js';
import { layGround } from '../server/ground.js';
import type { Ground } from '../server/ground.js';
import { ensureHook } from '../server/hook.js';
import type { WantedHook } from '../server/hook.js';
import { urlOf } from '../server/listening.js';
import type { ProcessFlags } from '../server/process-options.js';
import { untilStopped } from '../server/until-stopped.js';
import type { Running } from '../server/until-stopped.js';
import { say } from '../../language/say.js';

/** The options as commander hands them over. */
export interface ServeFlags extends ProcessFlags {
  readonly port: number;
  readonly host: string;
  readonly hostName?: readonly string[];
  readonly data: string;
  readonly hook?: string;
  readonly key?: string;
  readonly eventType?: string;
  readonly policy: string;
  readonly clock: 'real' | 'test';
  readonly seed?: number;
  readonly apiKey?: string;
  readonly controlToken?: string;
}

/** What was found out before anything is opened. */
interface Plan {
  readonly flags: ServeFlags;
  readonly access: Access;
  readonly ground: Ground;
  readonly hook: WantedHook | undefined;
  readonly policy: DeliveryPolicy;
  readonly postgresUrl: string | undefined;
}

/** Runs `hookproof serve` until it is asked to stop, and tells its exit code. */
export const runServe = async (flags: ServeFlags): Promise<number> => {
  if (flags.publicUrl !== undefined) requireWebUrl('--public-url', flags.publicUrl);
  const hook = wantedHook(flags);
  const policy = await readPolicy(flags.policy);
  const postgresUrl = databaseUrl();
  const ground = await layGround(flags);
  if (hook !== undefined) await requireAllowed(ground.guard, hook.url);
  if (postgresUrl === undefined) await prepareFolder(flags.data);
  const access = await findAccess(flags);
  const plan = { flags, access, ground, hook, policy, postgresUrl };
  return untilStopped(async () => open(plan));
};

const open = async ({
  flags,
  access,
  ground,
  hook,
  policy,
  postgresUrl,
}: Plan): Promise<Running> => {
  if (postgresUrl === undefined) optimiseLater();
  const { openStandIn } = await loadStandIn();
  const { guard: _guard, ...carried } = ground;
  const { log } = ground;
  // A free port is known only when it is taken.
  let near = urlOf(flags.host, flags.port);
  const publicUrl = (): string => flags.publicUrl ?? near;
  const opening = openStandIn({
    ...carried,
    database:
      postgresUrl === undefined
        ? { kind: 'embedded', folder: flags.data }
        : { kind: 'postgres', url: postgresUrl },
    policy,
    clock: flags.clock,
    seed: flags.seed,
    publicUrl,
  });
  // Where opening waits, the rest is loaded.
  const [standIn, { createApi, loadPage, serveApi }] = await Promise.all([
    opening,
    loadStandInHttp(),
  ]);
  try {
    if (hook !== undefined) await ensureHook(standIn, hook, log);
    const app = createApi(standIn, {
      apiKey: flags.apiKey ?? variable('HOOKPROOF_API_KEY'),
      controlToken: access.token,
      publicUrl,
      allowedHosts: [flags.host, ...(flags.hostName ?? [])],
      page: await loadPage(),
      log,
    });
    const served = await serveApi({ app, port: flags.port, host: flags.host });
    near = urlOf(flags.host, Number(new URL(served.url).port));
    announce(near, access, ground);
    const close = async (): Promise<void> => {
      await served.close();
      await standIn.close();
    };
    return { log, close };
  } catch (error) {
    await standIn.close();
    throw error;
  }
};

/**
 * The embedded PostgreSQL is WebAssembly, and V8 would optimise what has run for 1.8 MB of its bytes
 * (later versions: 13) while all else is being loaded: the first delivery came half a second later.
 */
const optimiseLater = (): void => setFlagsFromString('--wasm-tiering-budget=50000000');

/** For programs one line; for people where the page is, and what opens it. */
const announce = (url: string, { token, file }: Access, { log }: Ground): void => {
  log.info({ page: `${url}/`, ...(file !== undefined && { tokenFile: file }) }, 'takes requests');
  // A link in a log would outlive its use; on a terminal its owner is looking.
  if (file !== undefined && process.stderr.isTTY) {
    process.stderr.write(say`\n  Open ${url}/#token=${token}\n\n`);
  }
  process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
};
