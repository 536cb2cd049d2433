// Events a second with 1, 2 and 3 workers of equal concurrency, interleaved.
//
// With few attempts in the air a worker waits for the receiver, and what is seen is whether workers
// wait for one another; with many, workers, database and receiver share what processors there are.
import { interleave, judge, median, medianRatio } from '../measure.mjs';
import { startReceiver, startServe, startWorker } from './cluster.mjs';

const LATENCY_MS = 20;
const HOOKS = 8;
/** By attempts in the air a worker: what 3 workers are to bring against 1. */
const GOALS = new Map([
  [2, 2.5],
  [4, undefined],
]);

export const section = async ({ postgres, quick }) => {
  const events = quick ? 1000 : 4000;
  const receiver = await startReceiver(LATENCY_MS);
  const env = { DATABASE_URL: postgres.url };
  const serve = await startServe(['--concurrency', '0', '--log-level', 'error'], env);
  try {
    const hooks = [];
    for (let hook = 0; hook < HOOKS; hook++) {
      const draft = {
        eventType: 'all',
        subscriberType: 'web',
        subscriberUrl: `${receiver.url}${hook}`,
      };
      hooks.push((await serve.ask('/hooks', draft)).id);
    }
    let before = 0;
    const share = Math.ceil(events / HOOKS);
    const withWorkers = async (count, concurrency) => {
      for (const hook of hooks) {
        await serve.ask('/emit', { event: 'checks.finished', count: share, hooks: [hook] });
      }
      const workers = await Promise.all(
        Array.from({ length: count }, async () => startWorker(concurrency, env)),
      );
      const wanted = before + share * HOOKS;
      await receiver.reached(wanted);
      const times = (await receiver.times()).slice(before);
      before = wanted;
      await Promise.all(workers.map(async ({ end }) => end()));
      // Workers do not begin and end together, and Node compiles what it runs often: the middle counts.
      const [from, to] = [0.4, 0.8].map((part) => Math.floor(part * times.length));
      return (1000 * (to - from)) / (times[to] - times[from]);
    };
    for (const [concurrency, goal] of GOALS) {
      const rates = await interleave(
        {
          1: async () => withWorkers(1, concurrency),
          2: async () => withWorkers(2, concurrency),
          3: async () => withWorkers(3, concurrency),
        },
        { rounds: quick ? 1 : 3, warmUps: quick ? 0 : 1, label: `${concurrency} in the air:` },
      );
      console.log(
        `\n${HOOKS} hooks, ${concurrency} attempts in the air a worker, receiver with ${LATENCY_MS} ms latency`,
      );
      console.log('  workers  events a second');
      for (const [count, of] of Object.entries(rates)) {
        console.log(`  ${count.padStart(7)}  ${median(of).toFixed(0).padStart(15)}`);
      }
      judge('2 workers against 1', medianRatio(rates[2], rates[1]), '>=');
      judge('3 workers against 1', medianRatio(rates[3], rates[1]), '>=', goal);
    }
  } finally {
    await serve.end();
    receiver.end();
  }
};
