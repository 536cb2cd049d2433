import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { mutants } from '../../fixtures/receivers/mutants/index.js';
import { http } from './demonstrations/http.js';
import { httpMessages } from './demonstrations/http-messages.js';
import { idempotency } from './demonstrations/idempotency.js';
import { verification } from './demonstrations/verification.js';
import { eventually, openLab } from './lab.js';
import { shareOf } from '../turns.js';
import { createEvent, sign } from './token.js';

const demonstrations = { ...verification, ...idempotency, ...http, ...httpMessages };

/** Mutants that do not take even a genuine delivery, and what they answer to it. */
const refusing: Readonly<Record<string, number>> = {
  'uses-key-undefined': 401,
  'decodes-key-as-hex': 401,
  'signs-decoded-json': 401,
  'demands-exp': 401,
  'json-parser-only': 401,
  'demands-signature-header': 401,
  'refuses-iat-older-than-1-s': 401,
  'takes-token-from-json': 401,
  'takes-token-from-authorization': 401,
  'slow-clock-no-leeway': 401,
  'unknown-resource-404': 404,
  'redirects-after-success': 302,
};

/** Mutants that answer 200 to a genuine delivery and do nothing. */
const idle: ReadonlySet<string> = new Set([
  'catch-all-page',
  'stores-empty-object',
  'reads-single-event',
]);

/** A payload whose base64 needs no padding, so that a decoder that wants some is content. */
const evenToken = (event: unknown): string => {
  for (let more = ''; ; more += 'x') {
    const token = sign([{ ...(event as object), more }]);
    if ((token.split('.')[1] ?? '').length % 4 === 0) return token;
  }
};

const some = shareOf(mutants, 4);

describe.each(some)('$catalogue $id', ({ id, change }) => {
  test('treats a genuine delivery as its defect says', async () => {
    const lab = await openLab(change);
    const event = createEvent();
    const status = await lab.post(evenToken(event));
    expect(status).toBe(refusing[id] ?? 200);
    const effects = idle.has(id) || (status !== 200 && status !== 302) ? 0 : 1;
    expect(await eventually(() => lab.count(event.id), effects)).toBe(effects);
    await lab.close();
  });
});

describe.each(some.filter(({ wanted }) => wanted !== 'pass'))(
  '$catalogue $id',
  ({ id, change }) => {
    test('shows its defect where the reference shows none', async () => {
      const demonstrate = demonstrations[id];
      expect(demonstrate, 'has a demonstration').toBeDefined();
      const [lab, sound] = [await openLab(change), await openLab()];
      const [seen, expected] = [await demonstrate!(lab), await demonstrate!(sound)];
      await Promise.all([lab.close(), sound.close()]);
      expect(seen).not.toEqual(expected);
    });
  },
);

test('every mutant has its own id, number and sentence', () => {
  for (const field of ['id', 'catalogue', 'defect'] as const) {
    expect(new Set(mutants.map((mutant) => mutant[field])).size).toBe(mutants.length);
  }
  for (const { id, defect, wanted, killedBy } of mutants) {
    expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u);
    expect(defect).toMatch(/^[A-Z].*\.$/u);
    expect(killedBy.length === 0).toBe(wanted === 'pass');
    expect(killedBy.every((row) => /^[VDP]\d{2,3}$/u.test(row))).toBe(true);
  }
});

test('no demonstration is left without its mutant', () => {
  const ids = new Set(mutants.map(({ id }) => id));
  expect(Object.keys(demonstrations).filter((id) => !ids.has(id))).toEqual([]);
});

test('reference and mutants import nothing but Node and each other', async () => {
  const root = new URL('../../fixtures/receivers/', import.meta.url);
  const foreign: string[] = [];
  for (const folder of ['reference/', 'mutants/']) {
    for (const file of await readdir(new URL(folder, root))) {
      const text = await readFile(new URL(folder + file, root), 'utf8');
      for (const [, source = ''] of text.matchAll(/ from '([^']+)'/gu)) {
        if (!/^(?:node:|\.)/u.test(source)) foreign.push(`${folder}${file}: ${source}`);
      }
    }
  }
  expect(foreign).toEqual([]);
});
