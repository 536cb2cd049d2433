import { loadStandIn } from '../../simulator/index.js';
import { databaseUrl, requireWebUrl } from '../server/environment.js';
import { layGround } from '../server/ground.js';
import type { ProcessFlags } from '../server/process-options.js';
import { untilStopped } from '../server/until-stopped.js';
import { wrong } from '../server/wrong.js';
import { say } from '../../language/say.js';

/** The options as commander hands them over. */
export type WorkerFlags = ProcessFlags;

/** Where `serve` is, where nobody says otherwise. */
const PUBLIC_URL = 'http://127.0.0.1:4000';

/** Runs `hookproof worker` until it is asked to stop, and tells its exit code. */
export const runWorker = async (flags: WorkerFlags): Promise<number> => {
  const publicUrl = requireWebUrl('--public-url', flags.publicUrl ?? PUBLIC_URL);
  const url = databaseUrl();
  if (url === undefined) {
    throw wrong(
      say`a worker shares a PostgreSQL database, and DATABASE_URL names none`,
      say`set it to the one that hookproof serve uses`,
    );
  }
  const { guard: _guard, ...ground } = await layGround(flags);
  return untilStopped(async () => {
    const { openWorker } = await loadStandIn();
    const worker = await openWorker({ ...ground, databaseUrl: url, publicUrl: () => publicUrl });
    ground.log.info({ concurrency: flags.concurrency }, 'delivers');
    process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
    return { log: ground.log, close: worker.close };
  });
};
