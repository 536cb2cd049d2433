import { describe, expect, test } from 'vitest';
import { createCounter, suggestCountPath } from '../../contracts/probe/count.js';

const count = async (text: string, countPath?: string, keys: readonly string[] = ['HKE1']) =>
  (await createCounter(countPath))(text, keys);

describe('without a path', () => {
  test.each([
    ['', 0],
    ['nothing here', 0],
    ['[{"id":"HKE1"}]', 1],
    ['HKE1\nHKE1\nHKE2\n', 2],
    ['HKE1HKE1HKE1', 3],
    ['0', 0],
    ['7', 7],
    [' 12\r\n', 12],
    ['007', 7],
    ['-1', 0],
    ['1.5', 0],
    ['1 row', 0],
    ['"2"', 0],
  ])('counts in “%s” %i', async (text, effects) => {
    expect(await count(text)).toBe(effects);
  });

  test.each([
    ['the more frequent', ['HKE1', 'HIK1'], 2],
    ['the more frequent, last', ['HIK1', 'HKE1'], 2],
    ['no empty one', [''], 0],
    ['none', [], 0],
    ['one that a pattern would read', ['.*'], 0],
  ])('counts of several keys %s', async (_what, keys, effects) => {
    expect(await count('HKE1 HIK1 HKE1', undefined, keys)).toBe(effects);
  });

  test.each([
    ['one row', '6146331000\n', ['6146331000'], 1],
    ['two rows', '6146331000\n6146331000\n', ['6146331000'], 2],
    ['a row of either key', '06146331000', ['6146331e3', '06146331000'], 1],
    ['a number beside it', '2', ['6146331000'], 2],
  ])('takes a key of digits for a key: %s', async (_what, text, keys, effects) => {
    expect(await count(text, undefined, keys)).toBe(effects);
  });
});

describe('without a path, in an answer with escapes', () => {
  test.each([
    ['of Python, PHP and Java', String.raw`[{"id":"K\u00e9"},{"id":"K\u00e9"}]`, 'K\u00e9', 2],
    ['of .NET', String.raw`{"id":"K\u00E9"}`, 'K\u00e9', 1],
    ['of half a surrogate pair', String.raw`["K\ud800"]`, 'K\ud800', 1],
    ['of quotes and backslashes', String.raw`["K\"\\"]`, 'K"\\', 1],
    ['but not of a backslash that is text', String.raw`["K\\u00e9"]`, 'K\u00e9', 0],
    ['in a log of several lines', String.raw`{"id":"K\u00e9"}${'\n'}{"id":"Ke"}`, 'K\u00e9', 1],
    ['beside a key that needs none', String.raw`{"id":"HKE1","name":"Jos\u00e9"}`, 'HKE1', 1],
  ])('counts a key %s', async (_what, text, key, effects) => {
    expect(await count(text, undefined, [key])).toBe(effects);
  });
});

describe('with a path', () => {
  test.each([
    ['a number', '{"count":2}', '$.count', 2],
    ['zero', '{"count":0}', '$.count', 0],
    ['a number as text, as databases give counts', '{"count":"2"}', '$.count', 2],
    ['zero as text', '{"count":"0"}', '$.count', 0],
    ['a list', '{"records":[1,2,3]}', '$.records', 3],
    ['an empty list', '{"records":[]}', '$.records', 0],
    ['the document itself, a list', '[{},{}]', '$', 2],
    ['the document itself, a number', '4', '$', 4],
    ['several places', '{"records":[{"id":1},{"id":1}]}', '$.records[*].id', 2],
    ['several numbers', '[3,4]', '$[*]', 2],
    ['no place', '{"records":[]}', '$.records[*]', 0],
    ['no such member', '{"other":1}', '$.count', 0],
    ['an object', '{"record":{"id":"HKE1"}}', '$.record', 1],
    ['null', '{"record":null}', '$.record', 0],
    ['null, the document itself', 'null', '$', 0],
    ['false', '{"applied":false}', '$.applied', 0],
    ['true', '{"applied":true}', '$.applied', 1],
    ['a text', '{"id":"HKE1"}', '$.id', 1],
    ['a text of digits at one of many possible places', '[{"id":"17"}]', '$[*].id', 1],
    ['a filter', '[{"s":"done"},{"s":"new"}]', "$[?@.s == 'done']", 1],
    ['any depth', '{"a":{"n":3}}', '$..n', 3],
    ['a name in quotes', '{"number of effects":5}', "$['number of effects']", 5],
    ['the last item', '[{"n":1},{"n":6}]', '$[-1].n', 6],
  ])('counts %s', async (_what, text, path, effects) => {
    expect(await count(text, path)).toBe(effects);
  });

  test.each(['', 'HKE1', '<html>', '{"count":', "{'count':1}"])(
    'fails where the answer “%s” is not JSON',
    async (text) => {
      await expect(count(text, '$.count')).rejects.toMatchObject({
        code: 'probe_failed',
        message: "the probe's answer is not JSON, so $.count finds nothing in it",
        remedy: 'drop --probe-count to count occurrences of the id in the text',
      });
    },
  );

  test.each(['', 'count', '.count', '$.', '$[', '$..', '$.a.b()', ' $.a', "$[?@.x=~'y']", '$.a b'])(
    'refuses “%s” before anything is asked',
    async (path) => {
      await expect(createCounter(path)).rejects.toMatchObject({
        name: 'HookproofError',
        code: 'invalid_argument',
        message: expect.stringContaining(
          `--probe-count ${JSON.stringify(path)} is no JSONPath: `,
        ) as string,
        remedy: "write it as '$.count' or '$.records[*]' (RFC 9535)",
      });
    },
  );

  test('reads one path again and again', async () => {
    const counter = await createCounter('$[*]');
    expect(['[]', '[1]', '[1,1]'].map((text) => counter(text, []))).toEqual([0, 1, 2]);
  });
});

describe('suggestCountPath', () => {
  test.each([
    ['a number', '{"count":0}', '{"count":1}', '$.count'],
    ['a list', '{"records":[]}', '{"records":[{"n":5}]}', '$.records'],
    ['the document', '[]', '[{"n":5}]', '$'],
    ['a deep number', '{"a":{"b":{"c":0}}}', '{"a":{"b":{"c":1}}}', '$.a.b.c'],
    ['a name that is no word', '{"a b":0}', '{"a b":1}', "$['a b']"],
    [
      'a name with quotes',
      String.raw`{"it's \"a\\":0}`,
      String.raw`{"it's \"a\\":1}`,
      String.raw`$['it\'s "a\\']`,
    ],
    ['what was 0 before what is new', '{"total":0}', '{"page":1,"total":1}', '$.total'],
    ['what is new', '{}', '{"total":1}', '$.total'],
    ['what is new after a 404', '', '{"total":1}', '$.total'],
    ['the first of several', '{"a":0,"b":0}', '{"a":1,"b":1}', '$.a'],
    ['nothing: it was 1 before', '{"page":1}', '{"page":1}', undefined],
    ['nothing: it is 2', '{"count":0}', '{"count":2}', undefined],
    ['nothing: no number', '{"id":"a"}', '{"id":"b"}', undefined],
    ['nothing: no JSON', 'none', 'one', undefined],
  ])('finds %s', (_what, before, after, path) => {
    expect(suggestCountPath(before, after)).toBe(path);
  });

  test.each([
    ['{"it\'s":0}', '{"it\'s":1}'],
    [String.raw`{"a\"b":0}`, String.raw`{"a\"b":1}`],
    [String.raw`{"a\\b":0}`, String.raw`{"a\\b":1}`],
    [String.raw`{"a\nb":0}`, String.raw`{"a\nb":1}`],
    ['{"ñ-🎉":0}', '{"ñ-🎉":1}'],
    ['{"":0}', '{"":1}'],
    ['{"2":0}', '{"2":1}'],
  ])('suggests for %s a path that counts', async (before, after) => {
    const path = suggestCountPath(before, after);
    expect(path).toBeDefined();
    expect([await count(before, path), await count(after, path)]).toEqual([0, 1]);
  });
});
