// The whole command, from start to end, against an empty Node process.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cli, interleave, judge, median, medianRatio, node, skipped } from '../measure.mjs';
import { scenarioOf } from './workload.mjs';

const GOAL = 6.5;

/** 2778 a minute over six hours are 1,000,080 events; the hook is disabled and misses most of them. */
const COMMAND = ['simulate', 'total-outage', '--rate', '2778/min', '--set', 'until=5h'];

const once = fileURLToPath(new URL('once.mjs', import.meta.url));
const busy = JSON.stringify(scenarioOf({ kind: 'failing', events: 1e6, accounts: 1 }, false));

const hasCommand = () =>
  spawnSync(process.execPath, [cli, ...COMMAND, '--json'], { stdio: 'ignore' }).status !== 2;

/** The command ends with 1 where a hook was disabled, which is an answer. */
const command = () => {
  const startMs = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [cli, ...COMMAND, '--json'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0 && status !== 1) throw new Error(`the command ended with ${status}: ${stderr}`);
  return performance.now() - startMs;
};

export const section = async ({ quick }) => {
  console.log('\na whole process, cold');
  const exists = hasCommand();
  const empty = 'node -e 0';
  const named = 'hookproof simulate total-outage, 1,000,000 events';
  const played = '1,000,000 events, 30 % of the attempts fail';
  const candidates = {
    [empty]: () => node('-e', '0'),
    ...(exists ? { [named]: command } : {}),
    [played]: () => node(once, busy),
  };
  const taken = await interleave(candidates, { rounds: quick ? 5 : 15, label: 'command:' });
  console.log(`        ${empty}: ${median(taken[empty]).toFixed(0)} ms`);
  if (exists) judge(named, medianRatio(taken[named], taken[empty]), '<=', GOAL);
  else skipped(named, 'there is no such command');
  judge(played, medianRatio(taken[played], taken[empty]), '<=', GOAL);
};
