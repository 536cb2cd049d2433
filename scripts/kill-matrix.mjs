// Runs every mutant and every correct receiver against the contract, and prints who was found out.
//   npm run kill-matrix -- [--only <id or catalogue row>] [--concurrency n] [--at-once n] [--seed n] [--json file]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { mutantSubject, runMatrix } from '../dist/cli/self-test/kill-matrix.js';
import { mutants } from '../dist/fixtures/receivers/mutants/index.js';
import { startReceiver } from '../dist/fixtures/receivers/reference/index.js';
import { variants } from '../dist/fixtures/receivers/variants/index.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    concurrency: { type: 'string', default: '16' },
    'at-once': { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});

const reference = {
  id: 'reference',
  mutant: undefined,
  settleMs: 1000,
  start: (options) => startReceiver(options),
};
const correct = variants.flatMap((variant) => {
  const why = variant.unavailable?.();
  if (why !== undefined) console.log(`skipped ${variant.name}: ${why}`);
  return why === undefined
    ? [{ id: variant.name, mutant: undefined, settleMs: variant.settleMs, start: variant.start }]
    : [];
});
const subjects = [reference, ...correct, ...mutants.map(mutantSubject)].filter(
  ({ id, mutant }) =>
    values.only === undefined ||
    values.only.split(',').some((one) => one === id || one === mutant?.catalogue),
);

const describe = (row) => {
  const rows = [...row.must, ...row.should.map((one) => `(${one})`), ...row.may.map((one) => `[${one}]`)];
  const mark = row.right ? (row.byListedRow === false ? 'other ' : 'ok    ') : 'WRONG ';
  return `${mark}${row.id.padEnd(44)} ${row.wanted.padEnd(18)} ${row.verdict.padEnd(12)} ${String(row.durationMs).padStart(6)} ms  ${rows.slice(0, 14).join(' ')}${rows.length > 14 ? ` +${rows.length - 14}` : ''}`;
};

const rows = await runMatrix(subjects, {
  atOnce: Number(values['at-once']),
  concurrency: Number(values.concurrency),
  seed: Number(values.seed),
  onRow: (row) => console.log(describe(row)),
});

const ofMutants = rows.filter(({ wanted }) => wanted !== 'correct');
const survivors = ofMutants.filter(({ right }) => !right);
const falseAlarms = rows.filter(({ wanted, right }) => wanted === 'correct' && !right);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
console.log(`
failed rows: must, (should), [may]; "other": found out, by other rows than listed
mutants judged as wanted: ${ofMutants.length - survivors.length} of ${ofMutants.length}
survivors: ${survivors.map(({ id }) => id).join(', ') || 'none'}
false alarms: ${falseAlarms.map(({ id }) => id).join(', ') || 'none'} (of ${rows.length - ofMutants.length} correct receivers)`);
process.exitCode = falseAlarms.length > 0 ? 1 : 0;
