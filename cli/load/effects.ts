/** Looks after a run whether what was delivered took effect, and took it once. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Probe } from '../../contracts/index.js';
import { resourceIdOf } from '../../simulator/index.js';
import type { LoadTemplate, SampledDelivery } from '../../simulator/index.js';
import type { Effects } from './record.js';

const AT_A_TIME = 8;

export interface EffectsOptions {
  readonly probe: Probe;
  /** Whether the probe is asked for each delivery; else it shows all of them on one page. */
  readonly asksEach: boolean;
  readonly settleMs: number;
  readonly sampled: readonly SampledDelivery[];
  readonly oneIn: number;
  readonly templates: readonly LoadTemplate[];
}

type CountOf = (delivery: SampledDelivery) => Promise<number>;

const queryOf = ({ templates }: EffectsOptions, { number }: SampledDelivery) => {
  const [event] = templates[number % templates.length]?.claimsOf(number, 0).events ?? [];
  if (event === undefined) throw new Error('each delivery has an event');
  return { event, keys: [event.id], resourceId: resourceIdOf(event) };
};

/** How often each id stands on the page that shows all. */
const countOnPage = async (options: EffectsOptions, first: SampledDelivery): Promise<CountOf> => {
  const { text } = await options.probe.ask(queryOf(options, first));
  const counts = new Map<string, number>();
  for (const [id] of text.matchAll(/HKE[0-9a-f]{40}/g)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return async (delivery) => counts.get(queryOf(options, delivery).event.id) ?? 0;
};

/** @throws {HookproofError} `probe_failed` where nothing can be counted */
export const checkEffects = async (options: EffectsOptions): Promise<Effects> => {
  const { probe, asksEach, settleMs, sampled, oneIn } = options;
  await sleep(settleMs);
  const [first] = sampled;
  if (first === undefined) return { checked: 0, oneIn, lost: 0, duplicated: 0 };
  const countOf: CountOf = asksEach
    ? async (delivery) => (await probe.ask(queryOf(options, delivery))).effects
    : await countOnPage(options, first);
  let next = 0;
  let lost = 0;
  let duplicated = 0;
  const work = async (): Promise<void> => {
    for (let one = sampled[next++]; one !== undefined; one = sampled[next++]) {
      const effects = await countOf(one);
      // What the receiver refused need not take effect.
      if (effects === 0 && (one.acknowledged || !one.answered)) lost += 1;
      if (effects > 1) duplicated += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return { checked: sampled.length, oneIn, lost, duplicated };
};
