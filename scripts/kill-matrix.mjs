// Runs every mutant and every correct receiver against the contract, each in a process of its own
// over real HTTP, and prints who was found out.
//   npm run kill-matrix -- [--only <id or catalogue row>,…] [--concurrency n] [--at-once n]
//                          [--seed n] [--json <file>]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findSubjects } from './subjects.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    concurrency: { type: 'string', default: '16' },
    'at-once': { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});

const runAlone = async (id, options) => {
  const child = fork(new URL('kill-subject.mjs', import.meta.url));
  child.send({ id, options });
  const [row] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`${id} ended with ${code}`))),
  ]);
  return row;
};

const sum = (rows, chosen) => rows.filter(chosen).length;

const formatRow = (row) => {
  const told = [
    ...row.must,
    ...row.should.map((one) => `(${one})`),
    ...row.may.map((one) => `[${one}]`),
  ];
  const mark = row.right
    ? row.byListedRow === false
      ? 'other'
      : 'ok'
    : row.outOfReach
      ? 'later'
      : 'WRONG';
  const shown = told.length > 14 ? [...told.slice(0, 14), `+${told.length - 14}`] : told;
  return [
    mark.padEnd(5),
    row.id.padEnd(42),
    row.wanted.padEnd(18),
    row.verdict.padEnd(12),
    `${(row.durationMs / 1000).toFixed(1)} s`.padStart(7),
    row.right ? shown.join(' ') : (row.outOfReach ?? shown.join(' ')),
  ].join('  ');
};

const formatScore = (rows) => {
  const mutants = rows.filter(({ wanted }) => wanted !== 'correct');
  const correct = rows.filter(({ wanted }) => wanted === 'correct');
  const named = (chosen) => chosen.map(({ id }) => id).join(', ') || 'none';
  const reach = mutants.filter(({ outOfReach }) => outOfReach === undefined);
  const survivors = reach.filter(({ right }) => !right);
  return `
Rows that failed: must, (should), [may]. ok: told by a listed row; other: by another one.
mutants in reach judged as wanted: ${reach.length - survivors.length} of ${reach.length}
survivors: ${named(survivors)}
told by rows that are not listed: ${sum(reach, (row) => row.right && row.byListedRow === false)}
out of reach of the present cases: ${sum(mutants, (row) => row.outOfReach !== undefined && !row.right)}
false alarms: ${named(correct.filter(({ right }) => !right))} (of ${correct.length} correct receivers)`;
};

const wanted = values.only?.split(',');
const { subjects, skipped } = findSubjects();
for (const line of skipped) console.log(line);
const waiting = subjects.filter(
  ({ id, mutant }) => wanted?.some((one) => one === id || one === mutant?.catalogue) ?? true,
);
const order = waiting.map(({ id }) => id);
// The slowest goes first, so that it does not run on alone at the end.
waiting.sort(
  (one, other) => Number(other.id === 'blocks-400-ms') - Number(one.id === 'blocks-400-ms'),
);
const rows = [];
const worker = async () => {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const row = await runAlone(next.id, {
      concurrency: Number(values.concurrency),
      seed: Number(values.seed),
    });
    rows.push(row);
    console.log(formatRow(row));
  }
};
await Promise.all(Array.from({ length: Number(values['at-once']) }, worker));
rows.sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
console.log(formatScore(rows));
process.exitCode = rows.every(({ right, outOfReach }) => right || outOfReach !== undefined) ? 0 : 1;
