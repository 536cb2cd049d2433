// What every candidate plays: a day of events over accounts of one hook, in four ways. The same is
// written down in reference.c and reference.py.
//
// healthy: takes all. failing: fails 30 % of the attempts. outage: down from 6 h to 8 h. bad: fails
// 85 % of the attempts. A hook that is disabled is enabled an hour later. With latency, what is
// taken takes 50 ms to 2 s.

const HOUR_MS = 3_600_000;

const behavioursOf = (kind, hasLatency) => [
  ...(kind === 'outage' ? [{ kind: 'outage', from: '6h', until: '8h' }] : []),
  ...(kind === 'failing' ? [{ kind: 'failing', share: '30%', of: 'attempts' }] : []),
  ...(kind === 'bad' ? [{ kind: 'failing', share: '85%', of: 'attempts' }] : []),
  hasLatency ? { kind: 'healthy', latency: { min: '50ms', max: '2s' } } : { kind: 'healthy' },
];

/** The same in numbers, for the candidates that know no scenarios. */
export const numbersOf = (kind, hasLatency) => ({
  outage: kind === 'outage' ? { fromMs: 6 * HOUR_MS, untilMs: 8 * HOUR_MS } : undefined,
  below: { failing: (30 / 100) * 2 ** 32, bad: (85 / 100) * 2 ** 32 }[kind],
  latency: hasLatency ? { minMs: 50, spanMs: 1951 } : undefined,
});

export const scenarioOf = ({ kind, events, accounts }, hasLatency) => ({
  name: kind,
  accounts,
  traffic: { kind: 'constant', rate: `${events}/24h`, count: events, events: 'checks.finished' },
  hooks: [{ name: 'main', receiver: behavioursOf(kind, hasLatency), reenableAfter: '1h' }],
});

/** Events a day over so many hooks, a quarter of them of each kind. */
export const mixed = (hooks, events) =>
  ['healthy', 'failing', 'outage', 'bad'].map((kind) => ({ kind, events, accounts: hooks / 4 }));

/** One hook that fails 30 % of its attempts. */
export const single = (events) => [{ kind: 'failing', events, accounts: 1 }];

/** As arguments of the references. */
export const written = (parts) =>
  parts.map(({ kind, events, accounts }) => `${kind}:${events}:${accounts}`).join(',');

/** A number that two candidates share if and only if they found the same of every hook: FNV-1a. */
export const createDigest = () => {
  let hash = 0x811c9dc5;
  const add = (value) => {
    hash = Math.imul(hash ^ (value % 2 ** 32), 0x01000193);
    hash = Math.imul(hash ^ Math.floor(value / 2 ** 32), 0x01000193);
  };
  return {
    /** What every candidate knows of a hook; the instants at which the rule disabled it. */
    hook: ({ attempts, failed, delivered, exhausted, dropped, missed, lost }, disabledMs) => {
      const counts = [attempts, failed, delivered, exhausted, dropped, missed, lost];
      for (const value of [...counts, ...disabledMs]) add(value);
    },
    value: () => hash >>> 0,
  };
};
