// Runs the contract against two instances of the receiver that share a database.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { startPostgres } from './postgres.js';

const key = '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

const database = process.env.DATABASE_URL ? undefined : await startPostgres();
const DATABASE_URL = process.env.DATABASE_URL ?? database.url;

const instances = [];
const startInstance = async () => {
  const instance = spawn(process.execPath, ['src/server.js'], {
    env: { ...process.env, DATABASE_URL, PORT: '0', TRUORA_SIGNING_KEY: key },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  instances.push(instance);
  const [url] = await once(createInterface(instance.stdout), 'line');
  return url;
};

try {
  const url = await startInstance();
  const peer = await startInstance();
  const probe = `${new URL('/status-changes', url)}?event_id={eventId}`;
  const options = ['--probe', probe, '--probe-settle', '100ms', '--peer', peer];
  // With a defect, only what can find it.
  if (process.env.DEFECT) options.push('--only', 'idempotency/*-cop*');

  const run = spawn('npx', ['hookproof', 'verify', url, ...options], {
    env: { ...process.env, HOOKPROOF_KEY: key },
    stdio: 'inherit',
  });
  [process.exitCode] = await once(run, 'exit');
} finally {
  for (const instance of instances) instance.kill();
  await database?.stop();
}
