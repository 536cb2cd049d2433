// What all benches share: interleaved rounds, medians, ratios, and lines that say how a goal was met.
// Rounds are interleaved, so that a busy minute of the machine slows every candidate alike.
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

export const cli = fileURLToPath(new URL('../dist/cli/main.cjs', import.meta.url));

export const median = (numbers) => {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1];
};

/** How far a bench is: on a terminal only, and gone when it is over. */
export const progress = (text) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
};

/** Milliseconds that a Node process takes, from start to end. */
export const node = (...args) => {
  const startMs = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - startMs;
};

/**
 * Asks every candidate in turn, round after round; the warm-ups are not counted. Gives, by name, what
 * each answered in the rounds that count.
 */
export const interleave = async (candidates, { rounds, warmUps = 2, label = '' }) => {
  const names = Object.keys(candidates);
  const answers = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const name of names) {
      progress(`${label} round ${Math.max(0, round + 1)} of ${rounds}: ${name}`);
      const answer = await candidates[name]();
      if (round >= 0) answers[name].push(answer);
    }
  }
  progress('');
  return answers;
};

/** The median of the ratios of two candidates, round by round: a slow moment slows both. */
export const medianRatio = (ones, others) => median(ones.map((one, round) => one / others[round]));

const passed = { '>=': (found, goal) => found >= goal, '<=': (found, goal) => found <= goal };
const signs = { '>=': '≥', '<=': '≤' };

/**
 * One line of a report: what was measured, what it came to, and whether the goal was met. Without a
 * goal it is told for comparison.
 */
export const judge = (what, found, sign, goal, unit = '×') => {
  const digits = Math.abs(found) >= 100 ? 0 : 2;
  const figure = `${found.toFixed(digits)} ${unit}`;
  const word = goal === undefined ? '    ' : passed[sign](found, goal) ? 'pass' : 'MISS';
  const aim = goal === undefined ? '' : `   goal ${signs[sign]} ${goal} ${unit}`;
  console.log(`  ${word}  ${what.padEnd(58)} ${figure.padStart(14)}${aim}`);
};

/** A line for what could not be measured, and what it would take. */
export const skipped = (what, why) => {
  console.log(`  skip  ${what.padEnd(58)} ${why}`);
};

/** Plays candidates that take milliseconds, and prints each beside the first. */
export const compare = async (candidates, { rounds, count }) => {
  const taken = await interleave(candidates, { rounds });
  const names = Object.keys(candidates);
  const baseMs = median(taken[names[0]]);
  const width = Math.max(...names.map((name) => name.length));
  console.log(`medians of ${rounds} rounds on Node ${process.version}`);
  for (const name of names) {
    const tookMs = median(taken[name]);
    const ratio = (tookMs / baseMs).toFixed(2);
    const rate = count === undefined ? '' : `  ${Math.round((1000 * count) / tookMs)} a second`;
    console.log(`${name.padEnd(width)}  ${tookMs.toFixed(1).padStart(7)} ms  ${ratio} ×${rate}`);
  }
};
