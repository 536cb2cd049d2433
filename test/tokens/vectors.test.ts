/** The vectors against verifiers: ours by hand, and what people use. */
import { describe, expect, test } from 'vitest';
import { KEY, NOW_SECONDS } from '../verification/capture.js';
import { verifiers } from '../verification/verifiers.js';
import { bodyOf } from './generate.js';
import type { Vector } from './generate.js';
import { readVectors } from './read.js';

const vectors = readVectors();

const having = (result: Vector['result'], level?: Vector['level']): readonly Vector[] =>
  vectors.filter((one) => one.result === result && (level === undefined || one.level === level));

/** The ids of what a verifier takes. */
const takenBy = async (verifier: string, chosen: readonly Vector[]): Promise<readonly string[]> => {
  const taken = await Promise.all(
    chosen.map(async (one) =>
      verifiers[verifier]?.(bodyOf(one).toString(), KEY).then(
        () => [one.id],
        () => [],
      ),
    ),
  );
  return taken.flatMap((ids) => ids ?? []);
};

const idsOf = (chosen: readonly Vector[]): readonly string[] => chosen.map(({ id }) => id);

describe.each(Object.keys(verifiers))('%s', (verifier) => {
  test('takes every vector that must be accepted', async () => {
    const wanted = having('must-accept');
    expect(wanted.length).toBeGreaterThan(20);
    expect(await takenBy(verifier, wanted)).toEqual(idsOf(wanted));
  });

  test('takes no vector that must be rejected', async () => {
    const unwanted = having('must-reject', 'must');
    expect(unwanted.length).toBeGreaterThan(130);
    expect(await takenBy(verifier, unwanted)).toEqual([]);
  });
});

/** What libraries take that should be rejected, and why. */
const KNOWN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  strict: {},
  jsonwebtoken: {
    V200: 'knows no crit: auth0/node-jsonwebtoken #1032',
    V201: 'knows no crit',
    V202: 'knows no crit',
    V203: 'knows no crit',
  },
  'fast-jwt': {},
  jose: {
    V133: 'decodes base64url leniently, and the MAC still holds',
    V135: 'decodes base64url leniently',
    V139: 'decodes base64url leniently; the MAC is over the literal text',
    V141: 'decodes base64url leniently; the MAC is over the literal text',
  },
};

describe('a vector that should be rejected', () => {
  test.each(Object.entries(KNOWN))(
    'is rejected by %s but for known leniency',
    async (verifier, known) => {
      expect(await takenBy(verifier, having('must-reject', 'should'))).toEqual(Object.keys(known));
    },
  );
});

describe('both sides of a boundary are there', () => {
  const named = (id: string) => {
    const vector = vectors.find((one) => one.id === id);
    if (vector === undefined) throw new Error(`no vector ${id}`);
    const text = bodyOf(vector).toString();
    const segments = text.split('.');
    const bytes = (index: number): Buffer => Buffer.from(segments[index] ?? '', 'base64url');
    const claims = () => JSON.parse(bytes(1).toString()) as Readonly<Record<string, unknown>>;
    return { result: vector.result, segments, bytes, claims };
  };

  test.each([
    ['V104', 31, 'must-reject'],
    ['V001', 32, 'must-accept'],
    ['V108', 33, 'must-reject'],
  ])('%s has a MAC of %i bytes and %s', (id, length, result) => {
    const vector = named(id);
    expect([vector.bytes(2).length, vector.result]).toEqual([length, result]);
  });

  test.each([
    ['V154', 2, 'must-reject'],
    ['V001', 3, 'must-accept'],
    ['V156', 4, 'must-reject'],
  ])('%s has %i segments and %s', (id, count, result) => {
    const vector = named(id);
    expect([vector.segments.length, vector.result]).toEqual([count, result]);
  });

  test.each([
    ['V009', 0],
    ['V010', 1],
    ['V011', 2],
  ])('%s has a payload of length %i modulo 3', (id, remainder) => {
    const vector = named(id);
    expect([vector.bytes(1).length % 3, vector.result]).toEqual([remainder, 'must-accept']);
  });

  test.each([
    ['V240', -3600, 'must-reject'],
    ['V021', undefined, 'must-accept'],
    ['V022', 3600, 'must-accept'],
  ])('%s expires in %s seconds and %s', (id, seconds, result) => {
    const { claims, result: wanted } = named(id);
    const exp = seconds === undefined ? undefined : NOW_SECONDS + seconds;
    expect([claims()['exp'], wanted]).toEqual([exp, result]);
  });

  test.each([0, 255])('bit %i of the MAC is flipped once', (bit) => {
    expect(named(`V100/bit ${bit}`).result).toBe('must-reject');
  });
});
