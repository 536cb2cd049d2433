// What waits and what is counted, in bytes, from the columns of the engine itself; and what a whole
// process takes at its peak.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { judge, progress } from '../measure.mjs';
import { scenarioOf } from './workload.mjs';

/** A power of two: columns double when they are full, and are full now. */
const WAITING = 2 ** 20;

const MEGABYTE = 2 ** 20;

const bytesOf = (columns) =>
  Object.values(columns)
    .filter((column) => ArrayBuffer.isView(column))
    .reduce((sum, { byteLength }) => sum + byteLength, 0);

/** A hook of which so many deliveries wait for their first retry at the same time. */
const allWaiting = async () => {
  const { choosePolicy, createPlan } = await import('../../dist/simulator/virtual/compile.js');
  const { createRun } = await import('../../dist/simulator/virtual/run.js');
  const { play } = await import('../../dist/simulator/virtual/engine.js');
  const scenario = {
    traffic: { kind: 'burst', at: 0, count: WAITING, events: 'checks.finished' },
    receiver: { kind: 'outage' },
  };
  const policy = choosePolicy({ threshold: { numerator: 1, denominator: 1 } });
  const plan = createPlan(scenario, { policy, seed: 1, untilMs: 10_000, account: 0 });
  const run = createRun(plan, undefined);
  play(run, 4 * WAITING);
  return run;
};

/** Megabytes that a process takes at its peak to play a day of one hook. */
const peakOf = (events) => {
  progress(`memory: ${events} events`);
  const scenario = JSON.stringify(scenarioOf({ kind: 'failing', events, accounts: 1 }, false));
  const script = fileURLToPath(new URL('once.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, scenario], {
    encoding: 'utf8',
  });
  progress('');
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout).peakKilobytes / 1024;
};

export const section = async ({ quick }) => {
  console.log('\nmemory');
  const run = await allWaiting();
  const [tally] = run.tallies;
  const waiting = run.retries.lanes.reduce((sum, lane) => sum + bytesOf(lane), 0);
  judge(`a retry that waits, of ${WAITING}`, waiting / WAITING, '<=', 16, 'B');
  judge(`an attempt in the window, of ${WAITING}`, bytesOf(tally.window) / WAITING, '<=', 20, 'B');
  const events = run.pairs.byteLength + run.inboxes[0].has.byteLength;
  judge(
    'an event: its pair, and whether the receiver has it',
    events / WAITING,
    '<=',
    undefined,
    'B',
  );
  console.log(`        columns of ${Math.round((waiting + events) / MEGABYTE)} MB in all`);
  judge('a day of 1,000,000 events, peak RSS', peakOf(1e6), '<=', 100, 'MB');
  if (!quick) judge('a day of 10,000,000 events, peak RSS', peakOf(1e7), '<=', 1024, 'MB');
};
