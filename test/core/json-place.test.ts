import { expect, test } from 'vitest';
import { jsonPlace } from '../../simulator/core/json-place.js';

test.each([
  ['', 'line 1, column 1'],
  ['{"a": 1,}', 'line 1, column 9'],
  ['{"a": 1,\n  "b" 2}', 'line 2, column 7'],
  ['{"a": [1, 2}', 'line 1, column 12'],
  ['[1,\n 2', 'line 2, column 3'],
  ['{"a": 01}', 'line 1, column 7'],
  ['{"a": "b\nc"}', 'line 1, column 7'],
  ['{"a": "\\x"}', 'line 1, column 7'],
  ["{'a': 1}", 'line 1, column 2'],
  ['{"a": 1} {}', 'line 1, column 10'],
  ['{"a": nul}', 'line 1, column 7'],
  ['{"a": [], "b": {}, "c": ["d", true, null, -1.5e3]} x', 'line 1, column 52'],
  ['{"a": [,]}', 'line 1, column 8'],
  ['[1,]', 'line 1, column 4'],
])('%j is wrong at %s', (text, place) => {
  expect(() => JSON.parse(text) as unknown).toThrow();
  expect(jsonPlace(text)).toBe(place);
});

test.each([`["${'x'.repeat(8_000_000)}", ]`, `["${'x'.repeat(8_000_000)}`, '['.repeat(1_000_000)])(
  'a large text is no trouble',
  (text) => {
    expect(jsonPlace(text)).toMatch(/^line 1, column \d+$/);
  },
);
