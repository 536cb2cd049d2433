// Attempts a second of every candidate, after all have found the same.
import { interleave, judge, median, medianRatio, skipped } from '../measure.mjs';
import { createCandidates } from './candidates.mjs';
import { mixed, single } from './workload.mjs';

const GOALS = {
  constant: { C: 0.4, callbacks: 30, 'async loop': 65, SimPy: 100 },
  random: { callbacks: 15 },
};

/** Attempts a second that random latency should reach. */
const RANDOM_RATE = 4e6;

/** How much of the workload the slow ones play: rates are compared. */
const SLOW = { callbacks: 0.1, 'async loop': 0.1, SimPy: 0.04 };

const HOOKS = 1000;
const EVENTS = 1000;

const workloads = {
  mixed: {
    about: `${HOOKS} accounts of one hook, ${EVENTS} events each`,
    parts: (share) => mixed(HOOKS * share, EVENTS),
  },
  single: {
    about: `one hook, ${HOOKS * EVENTS} events`,
    parts: (share) => single(HOOKS * EVENTS * share),
  },
};

const agree = async (found, parts, hasLatency) => {
  const answers = await Promise.all(
    Object.entries(found).map(async ([name, one]) => ({
      name,
      ...(await one.play(parts, hasLatency)),
    })),
  );
  const [first] = answers;
  for (const { name, attempts, digest } of answers) {
    if (attempts === first.attempts && digest === first.digest) continue;
    throw new Error(
      `${name} found ${attempts} attempts (${digest}), ${first.name} ${first.attempts} (${first.digest})`,
    );
  }
};

/** All agree on what even the slowest plays; those that play all of it agree on that too. */
const agreeOnAll = async (found, { parts }, hasLatency) => {
  await agree(found, parts(SLOW.SimPy), hasLatency);
  const fast = Object.entries(found).filter(([name]) => SLOW[name] === undefined);
  await agree(Object.fromEntries(fast), parts(1), hasLatency);
};

const ratesOf = async (found, { parts }, hasLatency, { rounds, label }) => {
  const players = Object.entries(found).map(([name, one]) => [
    name,
    async () => {
      const { attempts, ms } = await one.play(parts(SLOW[name] ?? 1), hasLatency);
      return (1000 * attempts) / ms;
    },
  ]);
  return interleave(Object.fromEntries(players), { rounds, label });
};

const report = (rates, missing, kind, isJudged) => {
  const { ours } = rates;
  for (const [name, of] of Object.entries(rates)) {
    console.log(
      `  ${name.padEnd(12)} ${(median(of) / 1e6).toFixed(3).padStart(8)} M attempts a second`,
    );
  }
  for (const [name, of] of Object.entries(rates)) {
    if (name === 'ours') continue;
    const goal = isJudged ? GOALS[kind][name] : undefined;
    judge(`against ${name}`, medianRatio(ours, of), '>=', goal);
  }
  if (kind === 'random' && isJudged) {
    judge('by itself', median(ours) / 1e6, '>=', RANDOM_RATE / 1e6, 'M/s');
  }
  for (const [name, why] of Object.entries(missing)) skipped(`against ${name}`, why);
};

export const section = async ({ quick }) => {
  const { found, missing, end } = createCandidates();
  try {
    for (const [kind, hasLatency] of [
      ['constant', false],
      ['random', true],
    ]) {
      for (const [name, workload] of Object.entries(workloads)) {
        console.log(`\n${workload.about}, ${hasLatency ? 'random latency' : 'constant delays'}`);
        await agreeOnAll(found, workload, hasLatency);
        console.log('  all found the same: attempts, deliveries, losses, and each disabling');
        const label = `${name}, ${kind}:`;
        const rounds = quick ? 3 : 9;
        report(
          await ratesOf(found, workload, hasLatency, { rounds, label }),
          missing,
          kind,
          name === 'mixed',
        );
      }
    }
  } finally {
    end();
  }
};
