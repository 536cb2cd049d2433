import { describe, expect, test } from 'vitest';
import {
  collect,
  collectHeader,
  collectReport,
  collectResolution,
  collectSetting,
  parseClock,
  parseConcurrency,
  parseContentType,
  parseDuration,
  parsePort,
  parseSeed,
  parseSize,
} from '../../cli/parse.js';

describe('a duration', () => {
  test.each([
    ['500ms', 500],
    ['3s', 3000],
    ['3', 3000],
    ['1.5s', 1500],
    ['0.25', 250],
    ['2m', 120_000],
    ['1h', 3_600_000],
  ])('%s is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(['', '0', '0ms', '0.1ms', '-1s', '1d', 's', '3 s', '1e3', 'soon', '1,5s'])(
    'is not %j',
    (text) => {
      expect(() => parseDuration(text)).toThrow('Expected a duration such as 500ms, 3s or 2m.');
    },
  );

  test('is what a timer can wait: a longer one would end at once', () => {
    expect(parseDuration('576h')).toBe(2_073_600_000);
    expect(() => parseDuration('597h')).toThrow('Expected 24 days (576h) at most.');
  });
});

describe.each([
  { what: 'a seed', parse: parseSeed, least: 0, most: 4_294_967_295 },
  { what: 'a number of deliveries', parse: parseConcurrency, least: 1, most: 256 },
  { what: 'a port', parse: parsePort, least: 0, most: 65_535 },
])('$what', ({ parse, least, most }) => {
  test.each([least, least + 1, most - 1, most])('is %i', (number) => {
    expect(parse(String(number))).toBe(number);
  });

  test.each([String(least - 1), String(most + 1), '1.5', '0x10', '1e2', ' 1', '', '-0'])(
    'is not %j',
    (text) => {
      expect(() => parse(text)).toThrow(`Expected a whole number from ${least} to ${most}.`);
    },
  );
});

describe('a repeatable option', () => {
  test('gathers what was given, also as a list', () => {
    expect(collect('c', collect('a, b,', []))).toEqual(['a', 'b', 'c']);
  });

  test.each([
    ['X-A: b', ['X-A', 'b']],
    ['X-A:b', ['X-A', 'b']],
    ['X-A: b: c', ['X-A', 'b: c']],
    ['X-A:', ['X-A', '']],
  ])('takes the header %j', (text, header) => {
    expect(collectHeader(text, [['First', '1']])).toEqual([['First', '1'], header]);
  });

  test.each(['X-A', ': b', 'X A: b', 'X-A: b\r\nX-B: c', 'X-A\n: b', ''])(
    'refuses the header %j',
    (text) => {
      expect(() => collectHeader(text)).toThrow("Expected 'Name: value'.");
    },
  );

  test.each([
    ['a.test:443:127.0.0.1', { 'a.test:443': '127.0.0.1' }],
    ['a.test:80:::1', { 'a.test:80': '::1' }],
    ['a.test:80:[::1]', { 'a.test:80': '::1' }],
  ])('takes the resolution %s', (text, resolution) => {
    expect(collectResolution(text, { 'b.test:1': '10.0.0.1' })).toEqual({
      'b.test:1': '10.0.0.1',
      ...resolution,
    });
  });

  test.each(['a.test', 'a.test:80', 'a.test:http:127.0.0.1', ':80:127.0.0.1', 'a:80:'])(
    'refuses the resolution %j',
    (text) => {
      expect(() => collectResolution(text)).toThrow('Expected host:port:address.');
    },
  );

  test.each([
    ['json', { format: 'json', file: undefined }],
    ['junit=out.xml', { format: 'junit', file: 'out.xml' }],
    ['json=a=b.json', { format: 'json', file: 'a=b.json' }],
  ])('takes the report %s', (text, report) => {
    expect(collectReport(text)).toEqual([report]);
  });
});

describe('a content type', () => {
  test.each(['application/jwt', 'text/plain; charset=utf-8', 'application/vnd.truora+jwt'])(
    'is %s',
    (text) => {
      expect(parseContentType(text)).toBe(text);
    },
  );

  test.each(['', 'jwt', '/', 'application/', 'text/plain\r\nX-A: b', 'a b/c'])(
    'is not %j',
    (text) => {
      expect(() => parseContentType(text)).toThrow('Expected a media type');
    },
  );
});

describe('a value for a place', () => {
  test('is a text after =, and JSON after :=', () => {
    const first = collectSetting('events.0.object.status=a=b');
    expect(collectSetting('iat:={"a":1}', first)).toEqual([
      { path: 'events.0.object.status', value: 'a=b', isText: true },
      { path: 'iat', value: { a: 1 }, isText: false },
    ]);
  });

  test('may be empty, or run over lines', () => {
    expect(collectSetting('iss=')).toEqual([{ path: 'iss', value: '', isText: true }]);
    expect(collectSetting('iss=a\nb')).toEqual([{ path: 'iss', value: 'a\nb', isText: true }]);
  });

  test.each(['status', '=x', ''])('is not %j', (text) => {
    expect(() => collectSetting(text)).toThrow('Expected path=value');
  });
});

describe('a clock', () => {
  test.each([
    ['real', 1],
    ['compressed=60x', 60],
    ['compressed=1.5', 1.5],
    ['compressed=1000000x', 1_000_000],
  ])('%s is %d times as fast', (text, speed) => {
    expect(parseClock(text)).toBe(speed);
  });

  test.each(['', 'fast', 'compressed', 'compressed=', 'compressed=0x', 'compressed=1000001x'])(
    'is not %j',
    (text) => {
      expect(() => parseClock(text)).toThrow('Expected real, or compressed=60x.');
    },
  );
});

describe('a size', () => {
  test.each([
    ['1', 1],
    ['512kB', 512_000],
    ['512KB', 512_000],
    ['1.5MB', 1_500_000],
    ['2GB', 2_000_000_000],
  ])('%s is %i bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  test.each(['', '0', '-1', '10 MB', 'MB', '1TB'])('is not %j', (text) => {
    expect(() => parseSize(text)).toThrow('Expected a size such as 512kB or 10MB.');
  });
});
