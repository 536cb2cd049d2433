// The full ledger as NDJSON, written to a file that nobody keeps.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { devNull } from 'node:os';
import { finished } from 'node:stream/promises';
import { interleave, judge, median } from '../measure.mjs';
import { scenarioOf } from './workload.mjs';

const GOAL = 300_000;
const CHUNK = 64 * 1024;

const scenario = scenarioOf({ kind: 'failing', events: 200_000, accounts: 1 }, true);

const written = async () => {
  const { simulate } = await import('../../dist/simulator/virtual/simulate.js');
  const { listenAsNdjson } = await import('../../dist/simulator/virtual/ledger.js');
  const startMs = performance.now();
  const file = createWriteStream(devNull);
  let chunk = '';
  const put = (line) => {
    chunk += line;
    if (chunk.length < CHUNK) return;
    file.write(chunk);
    chunk = '';
  };
  const between = async () => {
    if (file.writableNeedDrain) await once(file, 'drain');
    return true;
  };
  const { totals } = await simulate(scenario, { listen: listenAsNdjson(put), between });
  file.end(chunk);
  await finished(file);
  return (1000 * totals.attempts) / (performance.now() - startMs);
};

export const section = async ({ quick }) => {
  console.log('\nthe full ledger');
  const { ledger } = await interleave({ ledger: written }, { rounds: quick ? 3 : 9, label: '' });
  judge('attempts a second as NDJSON', median(ledger), '>=', GOAL, '/s');
};
