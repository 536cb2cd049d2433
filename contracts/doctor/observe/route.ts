import { NOWHERE, essenceOf, isMissing } from '../judge/same-answer.js';
import type { Reply, RouteSeen } from '../seen.js';
import type { Bench } from './bench.js';

/** Where receivers of Truora's hooks are found; asked for by GET and OPTIONS only. */
const USUAL_PATHS = [
  '/webhooks/truora',
  '/webhook/truora',
  '/hooks/truora',
  '/truora/webhook',
  '/api/webhooks/truora',
  '/webhooks',
  '/webhook',
  '/hook',
] as const;

/** Paths that answer a GET or OPTIONS otherwise than one that no one has. */
const findCandidates = async (bench: Bench, nowhere: Reply): Promise<readonly string[]> => {
  const { path: own } = bench.target;
  const paths = USUAL_PATHS.filter((path) => path !== own);
  const methods = ['OPTIONS', 'GET'] as const;
  const unknown = new Map([
    ['OPTIONS', essenceOf(await bench.ask('OPTIONS', NOWHERE), NOWHERE)],
    ['GET', essenceOf(nowhere, NOWHERE)],
  ]);
  const found: string[] = [];
  for (const path of paths) {
    for (const method of methods) {
      const reply = await bench.ask(method, path);
      if (isMissing(reply) || essenceOf(reply, path) === unknown.get(method)) continue;
      found.push(path);
      break;
    }
  }
  return found;
};

/** How the delivery's path answers a POST, a genuine delivery where there may be one, GET, OPTIONS. */
export const observeRoute = async (bench: Bench, junk: Reply): Promise<RouteSeen> => {
  const genuine = bench.target.delivers ? await bench.deliver() : undefined;
  const get = await bench.ask('GET');
  const options = await bench.ask('OPTIONS');
  const lost = isMissing(genuine ?? junk);
  const nowhere = lost ? await bench.ask('GET', NOWHERE) : undefined;
  const candidates = nowhere === undefined ? [] : await findCandidates(bench, nowhere);
  return { junk, genuine, get, options, nowhere, candidates };
};
