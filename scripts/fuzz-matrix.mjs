// Fuzzes the delivery mutants over HTTP, 30 s each, and prints which of them a schedule finds:
// `npm run fuzz-matrix`, `npm run fuzz-matrix -- check-then-insert`, `npm run fuzz-matrix -- --correct`
// for the right receivers, with `--runs <n>` schedules each. `--json <file>` keeps the rows.
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fuzzReceiver } from '../dist/contracts/index.js';
import { openReceiver } from '../dist/cli/self-test/receiver.js';
import { subjects } from '../dist/cli/self-test/subjects.js';

const AT_ONCE = 2;
const MOST_MS = 30_000;

/** What no schedule can show, by why. */
const BEYOND = {
  'needs another key than the one it began with': ['reads-key-once', 'remembers-refused-tokens'],
  'needs a store that fails': ['fails-open', 'takes-store-error-for-duplicate'],
  'needs two instances': ['locks-within-its-process', 'keys-per-instance'],
  'needs pages of GET /events, or a state beside them': [
    'polls-first-page-only',
    'polls-from-newest-webhook',
    'moves-mark-before-work',
    'polled-row-sets-state',
    'polls-under-another-key',
  ],
  'is about keys that Truora does not send, or a whole day': [
    'normalises-key',
    'compares-keys-as-numbers',
    'key-ignores-case',
    'key-cut-to-32',
    'forgets-keys-after-12-h',
  ],
  'is about a clock, or the size of one delivery': [
    'forgets-keys-of-the-future',
    'refuses-iat-5-min-ahead',
    'large-events-without-key',
    'first-100-events-only',
    'records-keys-of-expired',
  ],
  'takes forgeries of events that it has: no effect tells': [
    'caches-without-signature',
    'caches-by-signature',
  ],
  'is about hundreds of forgeries, or an event that is null': [
    'locked-out-by-forgeries',
    'null-event-ends-in-500',
  ],
  'is about two resources of one process, or two events of one second': [
    'key-is-process-and-action',
    'state-by-second',
  ],
  'looks like a receiver that handles other events': ['waits-for-success'],
};

const reasonOf = (id) => Object.keys(BEYOND).find((reason) => BEYOND[reason].includes(id));

const fuzzOne = async ({ id, seed, runs }) => {
  const subject = subjects.find((one) => one.id === id);
  const receiver = await openReceiver(subject);
  try {
    const startedMs = performance.now();
    const { verdict, counterexample, problem, ...rest } = await fuzzReceiver(receiver.url, {
      ...receiver.options,
      seed,
      maxRuns: runs ?? 1_000_000,
      maxMs: runs === undefined ? MOST_MS : 86_400_000,
    });
    return {
      id,
      verdict,
      ms: Math.round(performance.now() - startedMs),
      runs: rest.runs,
      sentence: counterexample?.sentence ?? problem?.message ?? null,
      foundMs: counterexample?.foundAfterMs ?? null,
      length: counterexample?.length ?? null,
      invariant: counterexample?.invariant ?? null,
    };
  } finally {
    await receiver.close();
  }
};

const inChild = async (order) =>
  new Promise((resolve) => {
    const child = fork(new URL(import.meta.url), ['--child'], { silent: true });
    child.once('message', resolve);
    child.once('exit', () =>
      resolve({ id: order.id, verdict: 'fault', sentence: 'its process ended' }),
    );
    child.send(order);
  });

const median = (numbers) => numbers.toSorted((one, other) => one - other)[numbers.length >> 1];

const main = async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      correct: { type: 'boolean', default: false },
      runs: { type: 'string' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
    },
  });
  const isDelivery = ({ killedBy, wanted }) =>
    wanted !== 'pass' && (killedBy[0]?.startsWith('D') ?? false);
  const chosen = subjects.filter(({ id, mutant, unavailable }) => {
    if (positionals.length > 0) return positionals.includes(id);
    if (values.correct) return mutant === undefined && unavailable() === undefined;
    return mutant !== undefined && isDelivery(mutant);
  });
  const beyond = chosen.filter(({ id }) => positionals.length === 0 && reasonOf(id) !== undefined);
  const waiting = chosen.filter((one) => !beyond.includes(one));
  const total = waiting.length;
  const rows = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const runs = values.runs === undefined ? undefined : Number(values.runs);
      const row = await inChild({ id: next.id, seed: Number(values.seed), runs });
      rows.push(row);
      const seconds = `${((row.foundMs ?? row.ms ?? 0) / 1000).toFixed(1)} s`.padStart(7);
      console.log(
        `${row.verdict.padEnd(12)} ${row.id.padEnd(36)} ${seconds}  ${row.sentence ?? `${row.runs} schedules`}`,
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const found = rows.filter(
    ({ verdict, foundMs }) => verdict === 'failed' && (values.correct || foundMs <= MOST_MS),
  );
  console.log('');
  for (const { id } of beyond) console.log(`beyond       ${id.padEnd(36)} ${reasonOf(id)}`);
  const share = `${found.length} of ${total} (${((100 * found.length) / Math.max(1, total)).toFixed(1)} %)`;
  console.log(
    values.correct
      ? `false alarms: ${found.length} among ${total} right receivers, ${rows.reduce((sum, { runs = 0 }) => sum + runs, 0)} schedules`
      : `found ${share} within ${MOST_MS / 1000} s each; median length ${median(found.map(({ length }) => length)) ?? '-'}`,
  );
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
};

if (process.argv.includes('--child')) {
  process.once('message', (order) => {
    void fuzzOne(order)
      .catch((error) => ({ id: order.id, verdict: 'fault', sentence: error.message }))
      .then((row) => process.send(row, () => process.exit()));
  });
} else {
  await main();
}
