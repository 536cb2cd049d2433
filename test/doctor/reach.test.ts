/** Nothing that speaks HTTP answers: the cause is named, and nothing that follows from it. */
import { createServer as createHttpsServer } from 'node:https';
import { networkInterfaces } from 'node:os';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { certificate, privateKey } from '../sender/self-signed.js';
import { closedPort, httpServer, serving, tcpServer } from '../sender/servers.js';
import { expired, notYetValid, otherName, testOnlyKey, unknownAuthority } from './certificates.js';
import { diagnose, findingOf, troublesOf } from './diagnose.js';
import { hookPath, receiverWith } from './receivers.js';

const hasIpv6Loopback = Object.values(networkInterfaces()).some((one) =>
  one?.some(({ address }) => address === '::1'),
);

describe('where no connection comes about', () => {
  test('names a port that nothing listens on, and nothing that follows from it', async () => {
    const result = await diagnose(`http://127.0.0.1:${await closedPort()}${hookPath}`);
    expect(troublesOf(result)).toEqual(['reach/nothing-listens']);
    expect(result.verdict).toBe('unreachable');
    expect(findingOf(result, 'reach/nothing-listens').mend).toContain('start the receiver');
    const silent = result.checks.filter(({ state }) => state === 'silent');
    expect(silent.length).toBeGreaterThan(5);
    expect(new Set(silent.map(({ seen }) => seen))).toEqual(new Set(['follows from connection']));
    expect(result.sent).toEqual({ requests: 0, deliveries: 0, events: [] });
  });

  test.skipIf(!hasIpv6Loopback)('names a receiver on ::1 only', async () => {
    const { port } = await httpServer(receiverWith(), { host: '::1' });
    const result = await diagnose(`http://localhost:${port}${hookPath}`);
    expect(troublesOf(result)[0]).toBe('reach/ipv6-only');
    expect(findingOf(result, 'reach/ipv6-only').mend).toContain(`http://[::1]:${port}${hookPath}`);
  });

  test('names a host that does not exist', async () => {
    const result = await diagnose('http://receiver.invalid/hook');
    expect(troublesOf(result)).toEqual(['name/not-found']);
    expect(result.verdict).toBe('unreachable');
  });

  test('names a receiver that a proxy alone leads to', async () => {
    const proxy = await httpServer((request, response) => {
      response.writeHead(request.url?.startsWith('http://') === true ? 405 : 400).end();
    });
    const result = await diagnose(`http://127.0.0.1:${await closedPort()}${hookPath}`, {
      env: { http_proxy: proxy.origin.replace('//', '//user:secret@') },
    });
    expect(troublesOf(result)[0]).toBe('reach/proxy-only');
    expect(JSON.stringify(result)).not.toContain('secret');
  });
});

describe('where TLS is in the way', () => {
  const overTls = async (options: Parameters<typeof createHttpsServer>[0]) => {
    const { port } = await serving(createHttpsServer(options, receiverWith()));
    return `https://localhost:${port}${hookPath}`;
  };

  test.each([
    ['self-signed', { key: privateKey, cert: certificate }, 'NODE_EXTRA_CA_CERTS|--insecure'],
    ['expired', { key: testOnlyKey, cert: expired }, 'renew'],
    ['not-yet-valid', { key: testOnlyKey, cert: notYetValid }, 'clocks'],
    ['wrong-name', { key: testOnlyKey, cert: otherName }, 'localhost'],
    ['unknown-ca', { key: testOnlyKey, cert: unknownAuthority }, 'fullchain'],
  ])('names a certificate that is %s', async (trouble, options, mend) => {
    const url = await overTls(options);
    const result = await diagnose(url);
    expect(troublesOf(result)).toEqual([`tls/${trouble}`]);
    expect(result.verdict).toBe('unreachable');
    expect(findingOf(result, `tls/${trouble}`).mend).toMatch(new RegExp(mend));
    const accepted = await diagnose(url, { insecure: true });
    expect(troublesOf(accepted)).toEqual([`tls/${trouble}`]);
    expect(accepted.verdict).toBe('clear');
  });

  test('names a receiver that asks for a certificate', async () => {
    const url = await overTls({ key: privateKey, cert: certificate, requestCert: true });
    expect(troublesOf(await diagnose(url))).toEqual(['tls/client-certificate']);
  });

  test('names a protocol that is too old', async () => {
    const server = createTlsServer({
      key: privateKey,
      cert: certificate,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const { port } = await serving(server as never);
    const result = await diagnose(`https://localhost:${port}${hookPath}`);
    expect(troublesOf(result)).toEqual(['tls/old-protocol']);
    expect(findingOf(result, 'tls/old-protocol').title).toContain('TLSv1.1');
  });

  test('names plain HTTP where TLS is wanted', async () => {
    const { port } = await httpServer(receiverWith());
    const result = await diagnose(`https://127.0.0.1:${port}${hookPath}`);
    expect(troublesOf(result)).toEqual(['tls/plain-http']);
    expect(findingOf(result, 'tls/plain-http').mend).toContain(
      `http://127.0.0.1:${port}${hookPath}`,
    );
  });

  test('names TLS where plain HTTP is wanted', async () => {
    const url = (await overTls({ key: privateKey, cert: certificate })).replace('https', 'http');
    const result = await diagnose(url);
    expect(troublesOf(result)).toEqual(['answer/speaks-tls']);
    expect(findingOf(result, 'answer/speaks-tls').mend).toContain('https://localhost');
  });
});

describe('where a connection stands and no HTTP answer comes', () => {
  test.each([
    ['never answers', 'answer/hangs', () => undefined],
    ['closes', 'answer/closes', (socket: { end: () => void }) => socket.end()],
    [
      'resets',
      'answer/closes',
      (socket: { resetAndDestroy: () => void }) => socket.resetAndDestroy(),
    ],
    [
      'is an SSH server',
      'answer/not-http',
      (socket: { write: (text: string) => void }) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'),
    ],
    [
      'breaks off in its head',
      'answer/not-http',
      (socket: { end: (text: string) => void }) => socket.end('HTTP/1.1 2'),
    ],
  ])('names what %s', async (_what, id, onConnection) => {
    const { origin } = await tcpServer(onConnection);
    const result = await diagnose(origin + hookPath, { timeoutMs: 200 });
    expect(troublesOf(result)).toEqual([id]);
    expect(result.verdict).toBe('unreachable');
  });

  test('tells a handler that never ends its response from a dead server', async () => {
    const first = ({ method }: { readonly method?: string | undefined }): boolean =>
      method === 'POST';
    const { origin } = await httpServer(receiverWith({ first }));
    const result = await diagnose(origin + hookPath, { timeoutMs: 200 });
    expect(troublesOf(result)).toEqual(['answer/hangs']);
    expect(findingOf(result, 'answer/hangs').mend).toContain('never ends its response');
  });
});
