// Events a second with 1, 2 and 3 workers of equal concurrency, interleaved.
import { interleave, judge, median, medianRatio } from '../measure.mjs';
import { startReceiver, startServe, startWorker } from './cluster.mjs';

const LATENCY_MS = 20;
const CONCURRENCY = 4;
const HOOKS = 8;
const GOAL = 2.5;

export const section = async ({ postgres, quick }) => {
  const events = quick ? 1000 : 3000;
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
    const withWorkers = async (count) => {
      for (const hook of hooks) {
        await serve.ask('/emit', { event: 'checks.finished', count: share, hooks: [hook] });
      }
      const workers = await Promise.all(
        Array.from({ length: count }, async () => startWorker(CONCURRENCY, env)),
      );
      const wanted = before + share * HOOKS;
      while ((await receiver.times()).length < wanted) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const times = (await receiver.times()).slice(before);
      before = wanted;
      await Promise.all(workers.map(async ({ end }) => end()));
      // Workers do not begin and end together: the middle is what all of them delivered.
      const [from, to] = [0.3, 0.8].map((part) => Math.floor(part * times.length));
      return (1000 * (to - from)) / (times[to] - times[from]);
    };
    const rates = await interleave(
      {
        1: async () => withWorkers(1),
        2: async () => withWorkers(2),
        3: async () => withWorkers(3),
      },
      { rounds: quick ? 1 : 5, warmUps: quick ? 0 : 1, label: 'workers:' },
    );
    console.log(
      `\n${HOOKS} hooks, ${CONCURRENCY} attempts in the air a worker, receiver with ${LATENCY_MS} ms latency`,
    );
    console.log('  workers  events a second');
    for (const [count, of] of Object.entries(rates)) {
      console.log(`  ${count.padStart(7)}  ${median(of).toFixed(0).padStart(15)}`);
    }
    judge('2 workers against 1', medianRatio(rates[2], rates[1]), '>=');
    judge('3 workers against 1', medianRatio(rates[3], rates[1]), '>=', GOAL);
  } finally {
    await serve.end();
    receiver.end();
  }
};
