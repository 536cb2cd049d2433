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

const HOOKS = 1000;
const EVENTS = 1000;

/** How much of the workload is played by those that take long hook by hook: rates are compared. */
const SHARES = {
  'callbacks, hook by hook': 0.1,
  'async loop, hook by hook': 0.1,
  'SimPy, hook by hook': 0.04,
};

const byHook = ['ours', 'C', ...Object.keys(SHARES)];

/** How often those play a round that take hundredths of a second where others take seconds. */
const OFTEN = 15;

const workloads = {
  mixed: {
    about: `${HOOKS} accounts of one hook, ${EVENTS} events each, hook by hook`,
    names: byHook,
    parts: (share) => mixed(HOOKS * share, EVENTS),
    rounds: { rounds: 9, warmUps: 2 },
    often: ['ours', 'C'],
  },
  // How users of timers and of SimPy would write it: what waits for one hook waits among all others.
  // As many rounds as the minutes allow, each of the whole workload: with fewer hooks less would wait.
  together: {
    about: `the same, the others with ${HOOKS} hooks on one clock`,
    names: ['ours', 'callbacks', 'async loop', 'SimPy'],
    parts: () => mixed(HOOKS, EVENTS),
    rounds: { rounds: 3, warmUps: 0 },
    often: ['ours'],
  },
  single: {
    about: `one hook, ${HOOKS * EVENTS} events`,
    names: byHook,
    parts: (share) => single(HOOKS * EVENTS * share),
    rounds: { rounds: 9, warmUps: 2 },
    often: ['ours', 'C'],
    isTold: true,
  },
};

const agree = async (found, parts, hasLatency) => {
  const answers = [];
  for (const [name, one] of Object.entries(found)) {
    answers.push({ name, ...(await one.play(parts, hasLatency)) });
  }
  const [first] = answers;
  for (const { name, attempts, digest } of answers) {
    if (attempts === first.attempts && digest === first.digest) continue;
    throw new Error(
      `${name} found ${attempts} attempts (${digest}), ${first.name} ${first.attempts} (${first.digest})`,
    );
  }
};

/** All agree on what even the slowest plays; those that play all of it agree on that too. */
const agreeOnAll = async (found, parts, hasLatency) => {
  const names = Object.keys(found);
  const least = Math.min(...names.map((name) => SHARES[name] ?? 1));
  if (least < 1) await agree(found, parts(least), hasLatency);
  const whole = Object.entries(found).filter(([name]) => SHARES[name] === undefined);
  await agree(Object.fromEntries(whole), parts(1), hasLatency);
};

/** Plays some in turns, so many times; gives by name how many attempts a second that was. */
const inTurns = async (names, times, play) => {
  const sums = Object.fromEntries(names.map((name) => [name, { attempts: 0, ms: 0 }]));
  for (let time = 0; time < times; time++) {
    for (const name of names) {
      const { attempts, ms } = await play(name);
      sums[name].attempts += attempts;
      sums[name].ms += ms;
    }
  }
  const rates = Object.entries(sums).map(([name, { attempts, ms }]) => [
    name,
    (1000 * attempts) / ms,
  ]);
  return Object.fromEntries(rates);
};

/** Those that play often a round do so in turns, so that a slow moment of the machine meets all alike. */
const ratesOf = async (found, { parts, often = [] }, hasLatency, rounds) => {
  const play = async (name) => found[name].play(parts(SHARES[name] ?? 1), hasLatency);
  const others = Object.keys(found).filter((name) => !often.includes(name));
  const together = often.filter((name) => found[name] !== undefined);
  const groups = {
    [together.join(' and ')]: async () => inTurns(together, OFTEN, play),
    ...Object.fromEntries(others.map((name) => [name, async () => inTurns([name], 1, play)])),
  };
  const answers = Object.values(await interleave(groups, rounds)).flat();
  return Object.fromEntries(
    Object.keys(found).map((name) => [
      name,
      answers.map((rates) => rates[name]).filter((rate) => rate !== undefined),
    ]),
  );
};

const report = (rates, goals) => {
  const { ours } = rates;
  for (const [name, of] of Object.entries(rates)) {
    console.log(
      `  ${name.padEnd(25)} ${(median(of) / 1e6).toFixed(3).padStart(8)} M attempts a second`,
    );
  }
  for (const [name, of] of Object.entries(rates)) {
    if (name !== 'ours') judge(`against ${name}`, medianRatio(ours, of), '>=', goals[name]);
  }
};

export const section = async ({ quick }) => {
  const { found, missing, end } = createCandidates();
  try {
    for (const [kind, hasLatency] of [
      ['constant', false],
      ['random', true],
    ]) {
      for (const [title, workload] of Object.entries(workloads)) {
        const { about, names, parts, isTold = false } = workload;
        console.log(`\n${about}, ${hasLatency ? 'random latency' : 'constant delays'}`);
        const players = Object.fromEntries(
          Object.entries(found).filter(([name]) => names.includes(name)),
        );
        await agreeOnAll(players, parts, hasLatency);
        console.log('  all found the same: attempts, deliveries, losses, and each disabling');
        const rounds = { ...workload.rounds, label: `${title}, ${kind}:` };
        if (quick) rounds.rounds = Math.ceil(rounds.rounds / 3);
        const rates = await ratesOf(players, workload, hasLatency, rounds);
        report(rates, isTold ? {} : GOALS[kind]);
        if (kind === 'random' && title === 'mixed') {
          judge('by itself', median(rates.ours) / 1e6, '>=', RANDOM_RATE / 1e6, 'M/s');
        }
        for (const name of names) {
          if (missing[name] !== undefined) skipped(`against ${name}`, missing[name]);
        }
      }
    }
  } finally {
    end();
  }
};
