/** Load runs against receivers of the tests, in process. */
import { createVerifier } from 'fast-jwt';
import { createTemplate } from '../../simulator/load/template.js';
import { type LoadOptions, startLoad } from '../../simulator/load/run.js';
import { createPolicy, createRandom } from '../../simulator/index.js';
import type { DeliveryPolicy } from '../../simulator/index.js';
import { localGuard } from '../sender/servers.js';

export const key = '5f0c1d2e3b4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

const verify = createVerifier({ key, algorithms: ['HS256'] });

/** The id of a token's event; throws where its signature is not good. */
export const idIn = (token: Buffer | string): string => {
  const claims = verify(token.toString()) as {
    readonly events: readonly [{ readonly id: string }];
  };
  return claims.events[0].id;
};

export const templateOf = (name = 'checks.finished', seed = 1) =>
  createTemplate(name, { key, random: createRandom(seed), atMs: 1_767_323_045_000 });

export const startRun = (
  url: string,
  {
    policy = {},
    ...options
  }: Partial<Omit<LoadOptions, 'policy'>> & { readonly policy?: Partial<DeliveryPolicy> } = {},
) =>
  startLoad({
    url,
    templates: [templateOf()],
    headers: [['Content-Type', 'application/jwt']],
    http: { guard: localGuard, insecure: false },
    policy: createPolicy(policy),
    connections: 4,
    pipelining: 1,
    ...options,
  });

/** Plays a run to its end. */
export const load = async (...args: Parameters<typeof startRun>) => {
  const run = startRun(...args);
  await run.done;
  const figures = run.books.figures();
  return { run, figures };
};

/** Each request stands in exactly one end, and in exactly one status or class. */
export const isBalanced = ({
  requests,
  ends,
  statuses,
  failures,
}: Awaited<ReturnType<typeof load>>['figures']): boolean => {
  const sum = (counts: object): number =>
    Object.values(counts).reduce((total: number, count: number) => total + count, 0);
  return (
    sum(ends) === requests &&
    sum(statuses) === ends.answered &&
    sum(failures) === ends.unwritten + ends.unknown
  );
};
