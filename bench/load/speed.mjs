// Deliveries a second beside other senders, to a receiver in C that is pinned to a core of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVerifier } from 'fast-jwt';
import { createRandom, loadLoad, policies, signDelivery } from '../../dist/simulator/index.js';
import { createBooks } from '../../dist/simulator/load/books.js';
import { interleave, judge, median, medianRatio, skipped } from '../measure.mjs';
import { PATH, has, here, pinned, startReceiver } from './receiver.mjs';

const key = '5f0c1d2e3b4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';
const CONNECTIONS = 10;
const PROVEN = 20_000;

const TEMPLATE = 'ours';
const CLAIMS = 'ours, arbitrary claims';

/** What each of ours is held against, and how many times as fast it has to be. */
const GOALS = {
  [TEMPLATE]: { 'wrk, tuned signer': 1, 'wrk, one body': 0.6 },
  [CLAIMS]: {
    autocannon: 2.5,
    'wrk, plain signer': 2.2,
    'undici dispatch': 1.8,
    'http.request': 4,
    fetch: 20,
  },
};

const isInstalled = (name) => {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
};

const runSender = (name, url, ms, ...rest) => {
  const args = [here('sender.mjs'), name, url, String(ms), String(CONNECTIONS), key, ...rest];
  const { status, stdout, stderr } = spawnSync(...pinned(0, process.execPath, args), {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
};

const UNITS = { us: 1e-3, ms: 1, s: 1000, m: 60_000 };

const runWrk = (script, url, ms, ...args) => {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const own = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-s', here(script), url, '--', ...args];
  // The shell tells what it cost: the last line of its standard error, in seconds.
  const timed = ['-c', 'TIMEFORMAT="%U %S"; time "$@"', 'bash', 'wrk', ...own];
  const { status, stdout, stderr } = spawnSync(...pinned(0, 'bash', timed), { encoding: 'utf8' });
  const [user, system] = stderr
    .trim()
    .split('\n')
    .at(-1)
    .replaceAll(',', '.')
    .split(' ')
    .map(Number);
  const [, requests, took, unit] = /(\d+) requests in ([\d.]+)(us|ms|s|m)/.exec(stdout) ?? [];
  const isWrong = /Non-2xx|Socket errors/.test(stdout);
  if (status !== 0 || requests === undefined || isWrong) {
    throw new Error(`wrk ended with ${status}: ${stdout}${stderr}`);
  }
  return {
    requests: Number(requests),
    tookMs: Number(took) * UNITS[unit],
    cpuMicros: 1e6 * (user + system),
  };
};

/** The same event for wrk: its payload, and where its counted digits end. */
const wrkFiles = async (folder) => {
  const { createTemplate } = await loadLoad();
  const about = { key, random: createRandom(1), atMs: Date.now() };
  const template = createTemplate('checks.finished', about);
  const iat = Math.floor(Date.now() / 1000);
  const [one, other] = [0, 0xff_ff_ff_ff_ff_ff].map((number) =>
    JSON.stringify(template.claimsOf(number, iat)),
  );
  // Digits that differ between 000000000000 and ffffffffffff are the counted ones.
  const differs = Buffer.from(one).map((byte, index) =>
    byte === Buffer.from(other)[index] ? 0 : 1,
  );
  const ends = [...differs.keys()].filter(
    (place) => differs[place] === 1 && differs[place + 1] !== 1,
  );
  writeFileSync(join(folder, 'payload'), one);
  writeFileSync(join(folder, 'body'), signDelivery(template.claimsOf(0, iat), key));
  return {
    signed: [join(folder, 'payload'), key, PATH, ends.map((end) => end + 1).join(',')],
    fixed: [join(folder, 'body')],
  };
};

const verify = createVerifier({ key, algorithms: ['HS256'] });

/** Every token that arrived is good, and no id came twice; throws otherwise. */
const prove = async (folder, name, send) => {
  const file = join(folder, 'bodies');
  const receiver = await startReceiver(folder, file);
  try {
    const { sent } = send(receiver.url);
    const count = await receiver.count();
    const tokens = readFileSync(file, 'latin1').split('\n').slice(0, -1);
    const ids = new Set(tokens.map((token) => verify(token).events[0].id));
    if (tokens.length !== count || ids.size !== count) {
      throw new Error(`${name}: ${count} requests, ${tokens.length} tokens, ${ids.size} ids`);
    }
    return { sent, count };
  } finally {
    receiver.end();
  }
};

const BOOKED = 1_000_000;

/** Microseconds that the books cost for a request. */
const bookkeepingMicros = () => {
  const books = createBooks(policies.documented, 0);
  const startMs = performance.now();
  for (let number = 0; number < BOOKED; number++) {
    // Some 30 seconds of deliveries, each with a latency of its own.
    const atMs = number * 0.03;
    books.answered(number, atMs, atMs + 0.2 + (number % 97) / 100, 200);
  }
  if (books.figures().requests !== BOOKED) throw new Error('the books lost a request');
  return (1000 * (performance.now() - startMs)) / BOOKED;
};

export const section = async ({ quick }) => {
  const folder = mkdtempSync(join(tmpdir(), 'hookproof-bench-'));
  const ms = quick ? 2000 : 4000;
  const rounds = quick ? 3 : 7;
  const candidates = Object.fromEntries(
    Object.keys(GOALS).map((name) => [name, (url) => runSender(name, url, ms)]),
  );
  const files = await wrkFiles(folder);
  const hasWrk = has('wrk');
  if (hasWrk) {
    candidates['wrk, tuned signer'] = (url) => runWrk('signed.lua', url, ms, ...files.signed);
    candidates['wrk, plain signer'] = (url) => runWrk('plain.lua', url, ms, ...files.signed);
    candidates['wrk, one body'] = (url) => runWrk('static.lua', url, ms, ...files.fixed);
  }
  const others = ['undici dispatch', 'http.request', 'fetch'];
  if (isInstalled('autocannon')) others.unshift('autocannon');
  for (const name of others) candidates[name] = (url) => runSender(name, url, ms);

  let proven = 0;
  for (const name of Object.keys(GOALS)) {
    const send = (url) => runSender(name, url, ms, String(PROVEN));
    const { sent, count } = await prove(folder, name, send);
    if (sent !== count) throw new Error(`${name}: sent ${sent}, had ${count}`);
    proven += count;
  }
  for (const script of hasWrk ? ['signed.lua', 'plain.lua'] : []) {
    await prove(folder, script, (url) => runWrk(script, url, 1000, ...files.signed));
  }
  console.log(`${proven} deliveries arrived, each once, each signature verified by fast-jwt`);

  const receiver = await startReceiver(folder);
  try {
    const measured = {};
    for (const [name, send] of Object.entries(candidates)) {
      measured[name] = async () => {
        await receiver.count();
        const sent = send(receiver.url);
        const count = await receiver.count();
        if (name in GOALS && count !== sent.sent) {
          throw new Error(`sent ${sent.sent}, and the receiver had ${count}`);
        }
        return { ...sent, perSecond: (1000 * sent.requests) / sent.tookMs };
      };
    }
    const answers = await interleave(measured, { rounds, warmUps: 1, label: 'load:' });
    const rateOf = (name) => answers[name].map(({ perSecond }) => perSecond);
    for (const [name, all] of Object.entries(answers)) {
      const cpu = median(all.map(({ cpuMicros, requests }) => cpuMicros / requests)).toFixed(1);
      const rate = (median(rateOf(name)) / 1000).toFixed(1);
      console.log(
        `  ${name.padEnd(24)} ${rate.padStart(7)} k/s  ${cpu.padStart(7)} µs of CPU a request`,
      );
    }
    for (const [name, goals] of Object.entries(GOALS)) {
      for (const [other, goal] of Object.entries(goals)) {
        if (!(other in answers)) continue;
        judge(`${name}, against ${other}`, medianRatio(rateOf(name), rateOf(other)), '>=', goal);
      }
    }
    const cpuMicros = median(
      answers[TEMPLATE].map(({ cpuMicros: all, requests }) => all / requests),
    );
    bookkeepingMicros();
    const share = (100 * bookkeepingMicros()) / cpuMicros;
    judge('books, of the CPU of a request', share, '<=', 3, '%');
    console.log('  the receiver had exactly what was sent, in every round');
  } finally {
    receiver.end();
    rmSync(folder, { recursive: true, force: true });
  }
  if (!hasWrk) skipped('against wrk', 'wrk is missing: apt-get install wrk');
  if (!isInstalled('autocannon')) skipped('against autocannon', 'autocannon is not installed');
};
