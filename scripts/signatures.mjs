// Writes the signatures of the mutants from results of the kill matrix; several results add up.
//   npm run kill-matrix -- --json matrix.json && node scripts/signatures.mjs matrix.json
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';

const TARGET = join(import.meta.dirname, '../contracts/causes/signatures.ts');

/** Ends the process with what is wrong. */
const give = (message) => {
  console.error(message);
  process.exit(2);
};

/** By code units, so that the order is the same in every locale. */
const sorted = (texts) => [...new Set(texts)].toSorted((one, other) => (one < other ? -1 : 1));

/** `0-3,7` for 0, 1, 2, 3, 7. */
const ranges = (places) => {
  const found = [];
  for (const place of places.toSorted((one, other) => one - other)) {
    const last = found.at(-1);
    if (last?.[1] === place - 1) last[1] = place;
    else found.push([place, place]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
};

/** How often each of the ids stands in the lists. */
const countIn = (lists) => {
  const counts = new Map();
  for (const id of lists.flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};

/** What all runs of one receiver come to: a case that did not fail in each of them wavers. */
const sumUp = (rows) => {
  const judged = countIn(rows.map((row) => row.judged));
  const failed = countIn(rows.map((row) => row.failed));
  const always = (id) => failed.get(id) === judged.get(id);
  const symptoms = {};
  for (const id of [...failed.keys()].filter(always)) {
    const shown = new Set(rows.map((row) => row.symptoms[id]));
    const [symptom] = shown;
    if (shown.size === 1 && symptom !== undefined) (symptoms[symptom] ??= []).push(id);
  }
  return {
    symptoms,
    judged: sorted(judged.keys()),
    failed: sorted(failed.keys()).filter(always),
    wavering: sorted(failed.keys()).filter((id) => !always(id)),
  };
};

const { positionals } = parseArgs({ allowPositionals: true });
if (positionals.length === 0) give('usage: node scripts/signatures.mjs <matrix.json>...');
const results = positionals.map((file) => JSON.parse(readFileSync(file, 'utf8')));
if (results.some(({ quick }) => quick)) give('a quick run does not judge enough: run it in full');

const rows = results
  .flatMap((result) => result.rows)
  .filter(({ wanted, fault }) => wanted !== 'correct' && fault === undefined);
const cases = sorted(rows.flatMap(({ judged }) => judged));
const placeOf = new Map(cases.map((id, place) => [id, place]));
const encode = (ids) => ranges(ids.map((id) => placeOf.get(id)));

const receivers = sorted(rows.map(({ id }) => id)).map((id) => {
  const { judged, failed, wavering, symptoms } = sumUp(rows.filter((row) => row.id === id));
  const shown = Object.entries(symptoms).map(([symptom, ids]) => [symptom, encode(ids)]);
  return {
    id,
    judged: encode(judged),
    failed: encode(failed),
    wavering: encode(wavering),
    shown: Object.fromEntries(shown),
  };
});
const judged = sorted(receivers.map((one) => one.judged));
const data = {
  made: {
    version: results[0].tool.version,
    seeds: [...new Set(results.flatMap(({ seeds }) => seeds))].toSorted((a, b) => a - b),
    receivers: receivers.length,
  },
  cases,
  judged,
  receivers: receivers.map((one) => [
    one.id,
    judged.indexOf(one.judged),
    one.failed,
    one.wavering,
    one.shown,
  ]),
};

const text = `// Written by scripts/signatures.mjs from a run of the kill matrix: do not edit.
import type { SignatureData } from './signature.js';

export const signatureData: SignatureData = ${JSON.stringify(data)};
`;
const config = await resolveConfig(TARGET);
writeFileSync(TARGET, await format(text, { ...config, parser: 'typescript', filepath: TARGET }));
console.log(`${receivers.length} receivers, ${cases.length} cases`);
