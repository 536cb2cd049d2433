/** How the page words spans, counts, shares, outcomes and windows. */
import { describe, expect, test } from 'vitest';
import { policies } from '../../simulator/core/policy.js';
import {
  durationText,
  formatDuration,
  formatUntil,
} from '../../simulator/server/page/app/format/duration.js';
import {
  splitLinks,
  viewLinkOf,
  withoutStyles,
} from '../../simulator/server/page/app/format/mail.js';
import {
  countOf,
  formatBytes,
  formatCount,
  formatShare,
} from '../../simulator/server/page/app/format/numbers.js';
import {
  describeFault,
  describeNext,
  describeOutcome,
} from '../../simulator/server/page/app/format/outcome.js';
import { formatUtc } from '../../simulator/server/page/app/format/time.js';
import {
  describeHeadroom,
  describeWindow,
  gaugeOf,
} from '../../simulator/server/page/app/format/window.js';

const figures = (failed: number, total: number, headroom: number | null = 3) => ({
  failed,
  total,
  share: total === 0 ? 0 : failed / total,
  headroom,
  waiting: 0,
  nextDueMs: null,
});

describe('spans', () => {
  test.each([
    [0, '0 ms'],
    [450, '450 ms'],
    [30_000, '30 s'],
    [59_999.9, '1 min'],
    [150_000, '2 min 30 s'],
    [3_600_000, '1 h'],
    [7_680_000, '2 h 8 min'],
    [90_061_000, '1 d 1 h'],
  ])('%d ms are %s', (durationMs, words) => {
    expect(formatDuration(durationMs)).toBe(words);
  });

  test.each([
    [130_000, 'in 30 s'],
    [100_400, 'now'],
    [40_000, '1 min ago'],
  ])('at 100 s, %d ms is %s', (atMs, words) => {
    expect(formatUntil(atMs, 100_000)).toBe(words);
  });

  test.each([
    [30_000, '30s'],
    [7_680_000, '7680s'],
    [250, '250ms'],
  ])('%d ms are told to the API as %s', (durationMs, words) => {
    expect(durationText(durationMs)).toBe(words);
  });

  test('an instant is exact in UTC', () => {
    expect(formatUtc(Date.UTC(2026, 0, 2, 3, 4, 5, 678))).toBe('2026-01-02 03:04:05.678 UTC');
  });
});

describe('numbers', () => {
  test('are grouped, and agree with their noun', () => {
    expect(formatCount(100_000)).toBe('100,000');
    expect([countOf(1, 'event'), countOf(2, 'delivery', 'deliveries')]).toEqual([
      '1 event',
      '2 deliveries',
    ]);
    expect([formatBytes(812), formatBytes(12_345)]).toEqual(['812 B', '12.3 kB']);
  });

  test.each([
    [5 / 8, '62.5%'],
    [4 / 5, '80%'],
    [1, '100%'],
    [9999 / 10_000, '99.9%'],
    [1 / 10_000, '0.1%'],
    [0, '0%'],
  ])('a share of %d is %s', (share, words) => {
    expect(formatShare(share)).toBe(words);
  });
});

describe('a window', () => {
  test.each([
    [0, 0, 'calm'],
    [1, 10, 'calm'],
    [6, 10, 'near'],
    [8, 10, 'near'],
    [9, 10, 'over'],
  ] as const)('of %d failures in %d attempts is %s', (failed, total, level) => {
    expect(gaugeOf(figures(failed, total), policies.documented).level).toBe(level);
  });

  test('is drawn against the line of its policy', () => {
    const rule = { threshold: { numerator: 19, denominator: 20 }, attemptsMin: 1 };
    expect(gaugeOf(figures(9, 10), rule)).toEqual({ filled: 90, line: 95, level: 'near' });
  });

  test('is told in words', () => {
    expect(describeWindow(figures(5, 8))).toBe('5 of 8 failed, 62.5%');
    expect(describeWindow(figures(0, 0))).toBe('No attempt in the window');
  });

  test.each([
    ['enabled', 'web', 3, '3 more failures in a row disable it.'],
    ['enabled', 'web', 1, 'The next failure disables it.'],
    ['enabled', 'web', null, 'No number of failures disables it.'],
    ['disabled', 'web', 3, 'Disabled: nothing is sent.'],
    ['enabled', 'email', null, 'An e-mail hook has no window.'],
  ] as const)(
    'of a hook that is %s, by %s, with headroom %s: %s',
    (status, subscriberType, headroom, words) => {
      expect(describeHeadroom({ status, subscriberType, window: figures(1, 2, headroom) })).toBe(
        words,
      );
    },
  );
});

describe('outcomes', () => {
  test.each([
    [{ kind: 'response', status: 503, redirects: 0 }, 'answered 503'],
    [{ kind: 'response', status: 200, redirects: 1 }, 'answered 200 after 1 redirect'],
    [{ kind: 'failure', failure: 'timeout', detail: '' }, 'no answer in time'],
  ] as const)('%j', (outcome, words) => {
    expect(describeOutcome(outcome)).toBe(words);
  });

  test('say what comes next', () => {
    expect(describeNext('retry', 'in 30 s')).toBe('Retry in 30 s');
    expect(describeNext('exhausted', '')).toContain('no retry is left');
  });

  test.each([
    [{ outcome: { kind: 'status', status: 500 }, times: 1 }, 'Answers a status 500, 1 time more'],
    [{ outcome: { kind: 'dns' }, times: null }, 'Name not found, until it is mended'],
  ] as const)('fault %j', (fault, words) => {
    expect(describeFault(fault)).toBe(words);
  });
});

describe('e-mails', () => {
  test('keep their inline styles under another name, and their words', () => {
    expect(withoutStyles('<p style="margin:0">a style="b"</p>')).toBe(
      '<p data-style="margin:0">a style="b"</p>',
    );
  });

  test('have their links apart, without the full stop after them', () => {
    expect(splitLinks('Go to http://127.0.0.1:4000/#/hooks/HOK1.\nBye')).toEqual([
      { kind: 'text', text: 'Go to ' },
      { kind: 'link', url: 'http://127.0.0.1:4000/#/hooks/HOK1' },
      { kind: 'text', text: '.\nBye' },
    ]);
  });

  test.each([
    ['http://localhost:4000/#/hooks/HOK1', '#/hooks/HOK1'],
    ['http://127.0.0.1:4000/#/hooks/HOK1', '#/hooks/HOK1'],
    ['https://elsewhere.example/#/hooks/HOK1', undefined],
    ['http://localhost:4000/reference', undefined],
    ['no address', undefined],
  ])('a link to %s leads to %s', (url, view) => {
    const own = { publicUrl: 'http://localhost:4000', origin: 'http://127.0.0.1:4000' };
    expect(viewLinkOf(url, own)).toBe(view);
  });
});
