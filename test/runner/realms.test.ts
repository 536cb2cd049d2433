import { afterEach, expect, test, vi } from 'vitest';
import { explainProblem } from '../../contracts/runner/problems.js';

afterEach(() => vi.unstubAllGlobals());

const refused = { kind: 'refused', answer: 'status 401' } as const;

test('where jsdom has a Uint8Array of its own, that is what to mend', () => {
  expect(explainProblem(refused, true, undefined).remedy).toContain('--key');
  vi.stubGlobal('Uint8Array', class extends Uint8Array {});
  expect(explainProblem(refused, true, undefined).remedy).toContain('@vitest-environment node');
});
