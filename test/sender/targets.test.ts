import { describe, expect, test } from 'vitest';
import { HookproofError } from '../../simulator/core/errors.js';
import { createHttpTransport } from '../../simulator/sender/http.js';
import { createTargetGuard, portOf } from '../../simulator/sender/targets.js';
import type { TargetRules } from '../../simulator/sender/targets.js';
import { deliveryTo, recorder, resultOf } from './servers.js';

const guardWith = (rules: Partial<TargetRules> = {}) =>
  createTargetGuard({ allowedHosts: [], resolve: {}, ...rules });

const guard = guardWith();

/** What the guard says to a URL: its addresses, or its error. */
const asked = async (url: string, rules: Partial<TargetRules> = {}) =>
  guardWith(rules)(new URL(url)).then(
    (addresses) => addresses.map(({ address }) => address),
    (error: unknown) => {
      if (error instanceof HookproofError) return error;
      throw error;
    },
  );

/** The same for an address that a name answers with. */
const askedFor = async (address: string, rules: Partial<TargetRules> = {}) =>
  asked('http://receiver.example/', { resolve: { 'receiver.example:80': address }, ...rules });

describe('addresses', () => {
  test.each([
    '127.0.0.1',
    '127.255.255.254',
    '10.0.0.1',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.168.255.255',
    '100.64.0.1',
    '100.127.255.255',
    '0.0.0.0',
    '::',
    '::1',
    'fc00::1',
    'fd12:3456:789a::1',
    'fe80::1',
    'fe80::1%eth0',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.1.2.3',
    '::FFFF:192.168.1.1',
  ])('%s may be sent to', async (address) => {
    expect(await askedFor(address)).toEqual([address]);
  });

  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '0.0.0.1',
    '169.253.255.255',
    '169.254.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '2001:4860:4860::8888',
    '2001:db8::1',
    'fbff::1',
    'fe00::1',
    'fec0::1',
    'ff02::1',
    '::2',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '::ffff:8.8.8.8',
    '::ffff:808:808',
    '::ffff:169.254.1.1',
  ])('%s is refused', async (address) => {
    expect(await askedFor(address)).toMatchObject({
      code: 'target_refused',
      message: `receiver.example (${address}) is outside the loopback and private ranges`,
    });
  });

  test.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '100.100.100.200',
    'fd00:ec2::254',
    'fd20:ce::254',
    'fe80::a9fe:a9fe',
    'fe80::a9fe:a9fe%eth0',
  ])('%s is refused: machines get their credentials there', async (address) => {
    expect(await askedFor(address)).toMatchObject({
      code: 'target_refused',
      message: `receiver.example (${address}) is the metadata service of a cloud`,
    });
  });

  test.each([
    ['http://127.0.0.1/', '127.0.0.1'],
    ['http://127.1/', '127.0.0.1'],
    ['http://2130706433/', '127.0.0.1'],
    ['http://0x7f.0.0.1/', '127.0.0.1'],
    ['http://[::1]/', '::1'],
    ['http://[0:0:0:0:0:0:0:1]/', '::1'],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['https://10.0.0.1:8443/hook', '10.0.0.1'],
  ])('in the URL %s may be sent to as %s', async (url, address) => {
    expect(await asked(url)).toEqual([address]);
  });

  test.each([
    ['http://8.8.8.8/', '8.8.8.8'],
    ['http://134744072/', '8.8.8.8'],
    ['http://[2001:4860:4860::8888]/', '2001:4860:4860::8888'],
    ['http://[::ffff:8.8.8.8]/', '::ffff:808:808'],
  ])('in the URL %s is refused, and named once', async (url, address) => {
    expect(await asked(url)).toMatchObject({
      code: 'target_refused',
      message: `${address} is outside the loopback and private ranges`,
      remedy: `if this receiver is yours, add --allow-host ${address}`,
    });
  });
});

describe('names', () => {
  test('localhost is looked up', async () => {
    const addresses = await guard(new URL('http://localhost/'));
    expect(addresses.length).toBeGreaterThan(0);
    for (const { address } of addresses) expect(['127.0.0.1', '::1']).toContain(address);
  });

  test('an unknown one rejects with the error of the look-up', async () => {
    await expect(guard(new URL('http://receiver.invalid/'))).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:ENOTFOUND|EAI_)/) as string,
    });
  });

  test('one that leads outside is refused, with words that say how to go on', async () => {
    const error = await askedFor('8.8.8.8');
    expect(error).toBeInstanceOf(HookproofError);
    expect(error).toMatchObject({
      name: 'HookproofError',
      code: 'target_refused',
      message: 'receiver.example (8.8.8.8) is outside the loopback and private ranges',
      remedy: 'if this receiver is yours, add --allow-host receiver.example',
    });
  });
});

describe('allowed hosts', () => {
  test.each([
    ['http://8.8.8.8/', '8.8.8.8'],
    ['http://169.254.169.254/', '169.254.169.254'],
    ['http://[2001:db8::1]/', '2001:db8::1'],
    ['http://[2001:db8::1]/', '[2001:db8::1]'],
    ['http://[2001:DB8::1]/', '2001:DB8::1'],
  ])('%s may be sent to with --allow-host %s', async (url, host) => {
    expect(await asked(url, { allowedHosts: [host] })).toHaveLength(1);
  });

  test.each([
    ['http://Receiver.Example/', 'receiver.example'],
    ['http://receiver.example/', 'Receiver.Example'],
  ])('%s may be sent to with --allow-host %s', async (url, host) => {
    const rules = { allowedHosts: [host], resolve: { 'receiver.example:80': '8.8.8.8' } };
    expect(await asked(url, rules)).toEqual(['8.8.8.8']);
  });

  test.each(['example', 'r.example', 'receiver.example.org', 'evil-receiver.example', '*', ''])(
    'receiver.example is not allowed by --allow-host “%s”',
    async (host) => {
      expect(await askedFor('8.8.8.8', { allowedHosts: [host] })).toMatchObject({
        code: 'target_refused',
      });
    },
  );

  test('an allowed address does not allow a name that leads there', async () => {
    expect(await askedFor('8.8.8.8', { allowedHosts: ['8.8.8.8'] })).toMatchObject({
      code: 'target_refused',
    });
  });
});

describe('resolve', () => {
  test.each([
    ['http://receiver.example/', 'receiver.example:80'],
    ['https://receiver.example/', 'receiver.example:443'],
    ['http://receiver.example:3000/', 'receiver.example:3000'],
    ['http://receiver.example/', 'Receiver.Example:80'],
  ])('maps %s by %s', async (url, where) => {
    expect(await asked(url, { resolve: { [where]: '127.0.0.1' } })).toEqual(['127.0.0.1']);
  });

  test('maps one port only', async () => {
    const rules = { resolve: { 'localhost:80': '10.0.0.1' } };
    expect(await asked('http://localhost/', rules)).toEqual(['10.0.0.1']);
    expect(await asked('http://localhost:81/', rules)).not.toContain('10.0.0.1');
  });

  test('takes an IPv6 address in brackets', async () => {
    expect(await askedFor('[::1]')).toEqual(['::1']);
    const [address] = await guardWith({ resolve: { 'receiver.example:80': '[::1]' } })(
      new URL('http://receiver.example/'),
    );
    expect(address).toEqual({ address: '::1', family: 6 });
  });

  test('does not turn an address in a URL into another one', async () => {
    expect(
      await asked('http://8.8.8.8/', { resolve: { '8.8.8.8:80': '127.0.0.1' } }),
    ).toMatchObject({ code: 'target_refused' });
  });

  test.each(['other.example', '', '127.0.0', '127.0.0.1:80', 'localhost'])(
    'refuses “%s”, which is no address',
    (address) => {
      const making = (): unknown => guardWith({ resolve: { 'receiver.example:80': address } });
      expect(making).toThrow(
        expect.objectContaining({
          code: 'invalid_argument',
          message: `expected an IP address for receiver.example:80, got ${JSON.stringify(address)}`,
          remedy: 'write it as --resolve receiver.example:80:127.0.0.1',
        }),
      );
    },
  );
});

describe('other URLs', () => {
  test.each(['ftp://127.0.0.1/', 'file:///etc/passwd', 'localhost:3000/hook', 'mailto:a@b'])(
    '%s is an invalid argument',
    async (url) => {
      expect(await asked(url)).toMatchObject({
        code: 'invalid_argument',
        message: `expected a URL that begins with http:// or https://, got ${new URL(url).protocol}`,
      });
    },
  );

  test.each([
    ['http://a/', 80],
    ['https://a/', 443],
    ['http://a:443/', 443],
    ['https://a:80/', 80],
    ['http://a:3000/', 3000],
  ])('%s has port %i', (url, port) => {
    expect(portOf(new URL(url))).toBe(port);
  });
});

test('the address that was vetted is the one that is connected to', async () => {
  const server = await recorder();
  const transport = createHttpTransport({
    guard: guardWith({ resolve: { [`localhost:${server.port}`]: '127.0.0.1' } }),
    insecure: false,
  });
  const exchange = await transport.send(deliveryTo(`http://localhost:${server.port}/`));
  expect(resultOf(exchange)).toBe(200);
});
