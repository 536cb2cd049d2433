import { describe, expect, test } from 'vitest';
import type { Canary } from '../../contracts/runner/case.js';
import { capture, caseOf } from './capture.js';

/** A listener that was asked for these paths. */
const createCanary = (asked: readonly string[] = []) => {
  const served = new Map<string, string>();
  const canary: Canary = {
    urlOf: (path) => `http://127.0.0.1:4567${path}`,
    hits: (path) => asked.filter((one) => one === path).length,
    serve: (path, body) => served.set(path, body),
  };
  return { canary, served };
};

const headerOf = (text: string) =>
  JSON.parse(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString()) as Readonly<
    Record<string, unknown>
  >;

const fetches = caseOf('fetches-what-a-token-names');

describe('what a token names', () => {
  test.each([
    ['jku-of-a-stranger', 'jku', '/jwks.json', '"kid":"hookproof-test-key"'],
    ['x5u-of-a-stranger', 'x5u', '/certificate.pem', '-----BEGIN CERTIFICATE-----'],
  ])('in %s is served by the listener', async (slug, name, path, content) => {
    const { canary, served } = createCanary();
    const { sent } = await capture(caseOf(slug), { canary });
    expect(sent.map(({ text }) => headerOf(text)[name])).toEqual([`http://127.0.0.1:4567${path}`]);
    expect(served.get(path)).toContain(content);
  });

  test('leads nowhere without a listener', async () => {
    for (const slug of ['jku-of-a-stranger', 'x5u-of-a-stranger']) {
      expect(caseOf(slug).needs).toEqual([]);
      const { sent } = await capture(caseOf(slug));
      expect(JSON.stringify(sent.map(({ text }) => headerOf(text)))).toContain(
        'hookproof.invalid/',
      );
    }
  });

  test('is in jku, x5u, x5c, kid and iss', async () => {
    const { canary, served } = createCanary();
    const { sent } = await capture(fetches, { canary });
    const [jku, x5u, x5c, kid, iss] = sent.map(({ text }) => text);
    const url = (name: string) => canary.urlOf(`/named-by-${name}`);
    expect(headerOf(jku ?? '')['jku']).toBe(url('jku'));
    expect(headerOf(x5u ?? '')['x5u']).toBe(url('x5u'));
    expect(headerOf(x5c ?? '')['x5c']).toEqual([url('x5c')]);
    expect(headerOf(kid ?? '')['kid']).toBe(url('kid'));
    const claims = JSON.parse(
      Buffer.from(iss?.split('.')[1] ?? '', 'base64url').toString(),
    ) as object;
    expect(claims).toMatchObject({ iss: url('iss') });
    expect([...served.keys()]).toEqual(
      ['jku', 'x5u', 'x5c', 'kid', 'iss'].map((name) => `/named-by-${name}`),
    );
  });
});

describe('a receiver', () => {
  const judgementFor = async (...asked: readonly string[]) =>
    (await capture(fetches, createCanary(asked))).judgement;

  test('that asks for nothing passes', async () => {
    expect(await judgementFor()).toMatchObject({ verdict: 'passed', actual: 'no request' });
    expect(await judgementFor('/', '/favicon.ico')).toMatchObject({ verdict: 'passed' });
  });

  test.each([
    ['/named-by-jku', 'jku'],
    ['/named-by-x5u', 'x5u'],
    ['/named-by-x5c', 'x5c'],
    ['/named-by-kid', 'kid'],
    ['/named-by-iss', 'iss'],
    ['/named-by-iss/.well-known/openid-configuration', 'iss'],
    ['/named-by-iss/.well-known/jwks.json', 'iss'],
    ['/.well-known/oauth-authorization-server/named-by-iss', 'iss'],
  ])('that asks for %s fails, and is told where it read that', async (path, name) => {
    expect(await judgementFor(path)).toMatchObject({
      verdict: 'failed',
      actual: `asked for what it found in ${name}`,
    });
  });

  test('is told of everything that it followed', async () => {
    const { actual } = await judgementFor('/named-by-jku', '/named-by-x5u');
    expect(actual).toBe('asked for what it found in jku, x5u');
  });

  test('is not judged without a listener', () => {
    expect(fetches).toMatchObject({ catalogue: 'P55', severity: 'critical', level: 'must' });
    expect(fetches.needs).toEqual(['canary']);
  });
});
