import { test } from 'vitest';
import { check, checkSeen, essence, stillClock } from './check.js';
import { createReceiver } from './receiver.js';
test('try', async () => {
  const clock = stillClock();
  let t = performance.now();
  const r = createReceiver({ nowMs: clock.nowMs });
  const res = await checkSeen(r, { clock });
  console.log(
    performance.now() - t,
    r.requests(),
    essence(res),
    res.summary,
    res.durationMs,
    res.receiver.handled.length,
  );
  t = performance.now();
  const r2 = createReceiver();
  const res2 = await checkSeen(r2, { clock: undefined } as never);
  console.log(performance.now() - t, essence(res2), res2.summary, res2.durationMs);
  const r3 = createReceiver({ remembers: () => false, nowMs: clock.nowMs });
  const res3 = await checkSeen(r3, { clock });
  console.log(performance.now() - t, essence(res3), res3.summary, res3.durationMs);
  const r4 = createReceiver({
    respond: (copies) => new Response(null, { status: copies > 0 ? 409 : 200 }),
    nowMs: clock.nowMs,
  });
  const res4 = await checkSeen(r4, { clock });
  console.log(performance.now() - t, essence(res4), res4.summary, res4.durationMs);
});
