// Runs the contract against what `next build` has made.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const key = '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

const freePort = async () => {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return String(port);
};

const port = await freePort();
const next = fileURLToPath(import.meta.resolve('next/dist/bin/next'));
const server = spawn(process.execPath, [next, 'start', '--port', port], {
  env: { ...process.env, DATABASE: ':memory:', TRUORA_SIGNING_KEY: key },
  stdio: ['ignore', 'pipe', 'inherit'],
});
for await (const text of server.stdout) if (String(text).includes('Ready')) break;

const url = `http://localhost:${port}`;
const probe = `${url}/status-changes?event_id={eventId}`;
const options = ['--probe', probe, '--probe-settle', '100ms'];
// With the defect, only what can find it.
if (process.env.DEFECT) options.push('--only', 'verification/unsigned-*');

const run = spawn('npx', ['hookproof', 'verify', `${url}/webhooks/truora`, ...options], {
  env: { ...process.env, HOOKPROOF_KEY: key },
  stdio: 'inherit',
});
[process.exitCode] = await once(run, 'exit');
server.kill();
