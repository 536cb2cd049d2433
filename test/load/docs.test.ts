/** What docs/load.md shows is run: each command, with the output that follows it. */
import { expect, test } from 'vitest';
import { key, startReal, startScripted } from '../cli/receivers.js';
import { createFolder } from '../cli/run.js';
import { examplesIn, runShell } from '../docs/shell.js';

const examples = examplesIn('docs/load.md');

/** Figures that differ from run to run, made equal; those that were asked for stay. */
const leveled = (text: string): string =>
  text
    .replaceAll(/[\d.,]+ m?s\b/g, 'TIME')
    .replaceAll(/[\d,]+\/s on/g, 'RATE on')
    .replaceAll(/\d+m\d*s?\b/g, 'SPAN')
    .replaceAll(/after \d+ms/g, 'after SPAN')
    .replaceAll(/deliveries {2}[\d,]+ in TIME, as/g, 'deliveries  MANY in TIME, as')
    .replaceAll(/200: [\d,]+/g, '200: MANY')
    .replaceAll(/ {2,}/g, '  ')
    .trim();

test('docs/load.md', async () => {
  const right = await startReal('hono');
  const broken = await startScripted(() => ({ status: 503 }));
  const where = { cwd: await createFolder(), env: { HOOKPROOF_KEY: key } };
  expect(examples).toHaveLength(4);
  for (const { command, output } of examples) {
    const here = command
      .replace('http://localhost:3000/webhooks/truora', right.url)
      .replace('http://localhost:3000', new URL(right.url).origin)
      .replace('http://localhost:3001/webhooks/truora', broken.url);
    const { code, stdout, stderr } = await runShell(here, where);
    const wanted = command.includes('3001') ? 1 : 0;
    const complaint = code === wanted ? '' : stderr;
    expect({ command, code, complaint }).toEqual({ command, code: wanted, complaint: '' });
    expect(leveled(stdout)).toContain(leveled(output));
  }
});
