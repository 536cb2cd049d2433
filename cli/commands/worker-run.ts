import { loadStandIn } from '../../simulator/index.js';
import { databaseUrl, requireWebUrl } from '../server/environment.js';
import { layGround } from '../server/ground.js';
import type { ProcessFlags } from '../server/process-options.js';
import { untilStopped } from '../server/until-stopped.js';
import { wrong } from '../server/wrong.js';

/** The options as commander hands them over. */
export type WorkerFlags = ProcessFlags;
