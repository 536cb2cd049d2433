import { describe, expect, test } from 'vitest';
import { capture, caseOf } from './capture.js';

describe.each([
  ['kid-command', 9500, 1],
  ['pbes2-iterations', 1000, 1],
  ['jwe-bomb', 1000, 3],
])('a receiver that is slow at %s', (slug, slowMs, bodies) => {
  const playedWith = async (latencyMs: (label: string) => number) => {
    const { sent, judgement } = await capture(caseOf(slug), { latencyMs });
    return { sent: sent.length, verdict: judgement.verdict, actual: judgement.actual };
  };
  const isPlain = (label: string): boolean => label.endsWith(', beside it a plain forgery');
  const isAgain = (label: string): boolean => label.endsWith(', again');

  test('is sent nothing more where it is fast', async () => {
    expect(await playedWith(() => slowMs)).toMatchObject({ sent: bodies, verdict: 'passed' });
  });

  test('fails where it is slow again, and fast at a plain forgery', async () => {
    const { sent, verdict, actual } = await playedWith((label) =>
      isPlain(label) ? 20 : slowMs + 1,
    );
    expect({ sent, verdict }).toEqual({ sent: bodies * 3, verdict: 'failed' });
    expect(actual).toMatch(/after \d+\.\d s, and again as slow/);
  });

  test('passes where it was a hiccup', async () => {
    const { verdict } = await playedWith((label) =>
      isAgain(label) || isPlain(label) ? 20 : 60_000,
    );
    expect(verdict).toBe('passed');
  });

  test('passes where it is slow at everything', async () => {
    expect(await playedWith(() => slowMs + 1)).toMatchObject({ verdict: 'passed' });
  });
});
