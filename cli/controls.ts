import { spawn } from 'node:child_process';
import type { ReceiverControls } from '../contracts/index.js';
import { HookproofError, createHttpTransport, createTargetGuard } from '../simulator/index.js';
import type { TargetRules } from '../simulator/index.js';
import { say } from '../language/say.js';

/** The options that let a run do something to the receiver. */
export interface ControlFlags {
  readonly restartCmd?: string;
  readonly receiverClock?: string;
  readonly pollCmd?: string;
  readonly pollUrl?: string;
  readonly rekeyCmd?: string;
  readonly outageCmd?: string;
}

const COMMAND_TIMEOUT_MS = 60_000;
const REQUEST_TIMEOUT_MS = 30_000;

const failed = (option: string, what: string, remedy: string): HookproofError =>
  new HookproofError('control_failed', say`${option} failed (${what})`, remedy);

/**
 * Runs a command and waits for its end. Its output is not read: a receiver that it leaves behind
 * would keep the pipe open, and break it when hookproof is gone.
 */
const runCommand = async (
  option: string,
  command: string,
  env: Readonly<Record<string, string>> = {},
): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, stdio: 'ignore', env: { ...process.env, ...env } });
    const timer = setTimeout(() => {
      child.kill();
      reject(
        failed(
          option,
          say`no end within ${COMMAND_TIMEOUT_MS / 1000} s`,
          say`let it start the receiver in the background and end`,
        ),
      );
    }, COMMAND_TIMEOUT_MS);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(failed(option, error.message, say`run the command by hand first`));
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else reject(failed(option, say`exit code ${code}`, say`run the command by hand first`));
    });
  });

type Post = (option: string, url: string, body: string) => Promise<void>;

const createPost = (rules: TargetRules & { readonly insecure: boolean }): Post => {
  const transport = createHttpTransport({
    guard: createTargetGuard(rules),
    insecure: rules.insecure,
  });
  return async (option, url, body) => {
    const { outcome } = await transport.send({
      url,
      method: 'POST',
      headers: [['Content-Type', 'application/json']],
      body: Buffer.from(body),
      timeoutMs: REQUEST_TIMEOUT_MS,
      redirectsMax: 0,
    });
    if (outcome.kind === 'response' && outcome.status < 300) return;
    const what =
      outcome.kind === 'response'
        ? say`status ${outcome.status}`
        : say`no answer: ${outcome.failure}`;
    throw failed(option, what, say`check that the receiver answers a POST there with 2xx`);
  };
};

/** What the flags allow to be done to the receiver. */
export const createControls = (
  flags: ControlFlags,
  rules: TargetRules & { readonly insecure: boolean },
): ReceiverControls => {
  const { restartCmd, receiverClock, pollCmd, pollUrl, rekeyCmd, outageCmd } = flags;
  const post = createPost(rules);
  const withApi = (text: string, apiUrl = ''): string => text.replaceAll('{apiUrl}', apiUrl);
  return {
    ...(restartCmd !== undefined && {
      restart: async () => runCommand('--restart-cmd', restartCmd),
    }),
    ...(receiverClock !== undefined && {
      clock: async (nowMs) =>
        post(
          '--receiver-clock',
          receiverClock.replaceAll('{nowMs}', nowMs === undefined ? '' : String(nowMs)),
          JSON.stringify({ nowMs: nowMs ?? null }),
        ),
    }),
    ...(pollCmd !== undefined && {
      poll: async (apiUrl = '') =>
        runCommand('--poll-cmd', withApi(pollCmd, apiUrl), { HOOKPROOF_API_URL: apiUrl }),
    }),
    ...(pollUrl !== undefined && {
      poll: async (apiUrl) => post('--poll-url', withApi(pollUrl, apiUrl), '{}'),
    }),
    ...(rekeyCmd !== undefined && {
      rekey: async (key) => runCommand('--rekey-cmd', rekeyCmd, { HOOKPROOF_RECEIVER_KEY: key }),
    }),
    ...(outageCmd !== undefined && {
      outage: async (down) =>
        runCommand('--outage-cmd', outageCmd, { HOOKPROOF_STORE: down ? 'down' : 'up' }),
    }),
  };
};
