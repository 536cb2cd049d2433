// Runs the contract against the receiver.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const key = '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

const server = spawn(process.execPath, ['dist/main.js'], {
  env: { ...process.env, DATABASE: 'memory://', PORT: '0', TRUORA_SIGNING_KEY: key },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [url] = await once(createInterface(server.stdout), 'line');

const probe = `${new URL('/status-changes', url)}?event_id={eventId}`;
const options = ['--probe', probe, '--probe-settle', '100ms'];
// With the defect, only what can find it.
if (process.env.DEFECT) options.push('--strict', '--only', 'verification/event-of-*');

const run = spawn('npx', ['hookproof', 'verify', url, ...options], {
  env: { ...process.env, HOOKPROOF_KEY: key },
  stdio: 'inherit',
});
[process.exitCode] = await once(run, 'exit');
server.kill();
