import { test } from 'vitest';
import { systemClock } from '../../contracts/runner/clock.js';
import { checkSeen, essence, stillClock } from './check.js';
import { createReceiver } from './receiver.js';
const late = (nowMs: () => number, due: (now: number) => number) => {
  const at = new Map<string, number>();
  const r = createReceiver({ nowMs, apply: ({ id = '' }) => void at.set(id, due(nowMs())) });
  return { ...r, count: ({ id }: { id: string }) => ((at.get(id) ?? Infinity) <= nowMs() ? 1 : 0) };
};
test('try', async () => {
  for (const [name, f] of Object.entries({
    late900: (n: number) => n + 900,
    batch700: (n: number) => Math.ceil((n + 1) / 700) * 700,
    batch950: (n: number) => Math.ceil((n + 1) / 950) * 950,
  })) {
    const clock = stillClock();
    const res = await checkSeen(late(clock.nowMs, f), { clock });
    console.log(name, essence(res));
  }
  {
    let free = 0;
    const now = Date.now;
    const res = await checkSeen(late(now, (n) => (free = Math.max(free, n + 300) + 5)), { clock: systemClock });
    console.log('real', essence(res), res.durationMs);
  }
  {
    let running = 0;
    const r = createReceiver();
    const res = await checkSeen({ ...r, handle: async (q) => {
      if (running >= 4) return new Response('busy', { status: 503 });
      running++;
      try { await new Promise((x) => setTimeout(x, 20)); return await r.handle(q); } finally { running--; }
    } }, { clock: systemClock });
    console.log('busy', essence(res), res.durationMs);
  }
}, 200000);
