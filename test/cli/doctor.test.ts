import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { DoctorResult } from '../../contracts/index.js';
import { hookPath, key, receiverWith } from '../doctor/receivers.js';
import { closedPort, httpServer, serving, tcpServer } from '../sender/servers.js';
import { hookproof, start } from './run.js';

const receiver = async (quirks: Parameters<typeof receiverWith>[0] = {}): Promise<string> =>
  (await httpServer(receiverWith(quirks))).origin + hookPath;

describe('hookproof doctor', () => {
  test('ends with 0 where nothing blocks, and lists what it sent', async () => {
    const { code, stdout, stderr } = await hookproof(['doctor', await receiver(), '--key', key]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/\nCLEAR: nothing blocks; 0 warnings, 0 notes\n$/);
    expect(stdout).toMatch(
      /7 of them\s+genuine\s+deliveries\s+of\s+the\s+events(?:\s+HKE[0-9a-f]{40}){5}/,
    );
  });

  test('ends with 1 where the receiver answers and takes no delivery', async () => {
    const { code, stdout } = await hookproof(['doctor', await receiver({ path: '/else' })]);
    expect(code).toBe(1);
    expect(stdout).toContain('\nBLOCKS  the receiver has no route at /webhooks/truora\n');
    expect(stdout).toMatch(/\nBROKEN: .*1 cause/);
    expect(stdout).toMatch(/none of them a genuine\s+delivery/);
  });

  test('ends with 3 where it cannot be reached, and lists what follows once', async () => {
    const url = `http://127.0.0.1:${await closedPort()}/hook`;
    const { code, stdout } = await hookproof(['doctor', url]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/\nUNREACHABLE: /);
    expect(stdout.match(/follows\s+from\s+connection/g)).toHaveLength(1);
  });

  test('prints one JSON object', async () => {
    const { code, stdout, stderr } = await hookproof(['doctor', await receiver(), '--json']);
    const result = JSON.parse(stdout) as DoctorResult;
    expect([code, stderr]).toEqual([0, '']);
    expect(result).toMatchObject({ schemaVersion: 1, verdict: 'clear', findings: [] });
    expect(result.checks.map(({ id }) => id)).toContain('clock');
    expect(result.sent.deliveries).toBe(0);
  });

  test('takes the key from the environment, and sends nothing genuine where that is not wanted', async () => {
    const args = ['doctor', await receiver(), '--json'];
    const withKey = await hookproof(args, { HOOKPROOF_KEY: key });
    const without = await hookproof([...args, '--no-deliveries'], { HOOKPROOF_KEY: key });
    expect((JSON.parse(withKey.stdout) as DoctorResult).sent.deliveries).toBe(7);
    expect((JSON.parse(without.stdout) as DoctorResult).sent.deliveries).toBe(0);
  });

  test('paints nothing in a pipe, stays in 80 columns, and never shows key, token or password', async () => {
    const url = (await receiver({ checksIat: true, clockAheadMs: -600_000 })).replace(
      '//',
      '//me:secret@',
    );
    const outputs = [
      await hookproof(['doctor', url, '--key', key, '--header', 'Authorization: Bearer hidden']),
      await hookproof(['doctor', url, '--key', key, '--json']),
    ].map(({ stdout, stderr }) => stdout + stderr);
    for (const text of outputs) {
      expect(text).not.toContain('\u001B');
      for (const secret of [key, 'me:', 'secret', 'hidden', 'eyJ'])
        expect(text).not.toContain(secret);
    }
    const long = outputs[0]?.split('\n').filter((line) => line.length > 80) ?? [];
    expect(long).toEqual([]);
  });

  test('shows colour where it is asked for', async () => {
    const { stdout } = await hookproof(['doctor', await receiver()], { FORCE_COLOR: '1' });
    expect(stdout).toContain('\u001B[');
  });

  test('follows --header, --resolve and --insecure', async () => {
    const first = ({ headers }: { readonly headers: NodeJS.Dict<string | string[]> }) =>
      headers['x-gate'] !== 'open';
    const server = createServer((request, response) => {
      if (first(request)) response.writeHead(502).end();
      else receiverWith()(request, response);
    });
    const { port } = await serving(server);
    const args = ['doctor', `http://receiver.test:${port}${hookPath}`];
    const resolved = [...args, '--resolve', `receiver.test:${port}:127.0.0.1`];
    expect((await hookproof(args)).code).toBe(3);
    expect((await hookproof(resolved)).code).toBe(1);
    expect((await hookproof([...resolved, '--header', 'X-Gate: open'])).code).toBe(0);
  });

  test('waits until a receiver is there', async () => {
    const port = await closedPort();
    const run = start(['doctor', `http://127.0.0.1:${port}${hookPath}`, '--wait', '20s']);
    const server = createServer(receiverWith());
    await serving(server, { port });
    const { code, stdout } = await run.finished;
    expect(code).toBe(0);
    expect(stdout).toContain('ready after');
  });

  test('ends on Ctrl-C with what was found so far', async () => {
    const server = createServer();
    const { origin } = await serving(server);
    const run = start(['doctor', origin, '--timeout', '20s']);
    await once(server, 'request');
    run.child.kill('SIGINT');
    const { code, stdout, stderr } = await run.finished;
    expect([code, stderr]).toEqual([130, '']);
    expect(stdout).toMatch(/ok +connection/);
    expect(stdout).toMatch(/\nINTERRUPTED: /);
  });

  test('ends on Ctrl-C while it waits', async () => {
    const server = await tcpServer((socket) => socket.destroy());
    const run = start(['doctor', server.origin, '--wait', '10m']);
    await expect.poll(() => server.connections(), { timeout: 10_000 }).toBeGreaterThan(0);
    run.child.kill('SIGINT');
    expect((await run.finished).code).toBe(130);
  });
});
