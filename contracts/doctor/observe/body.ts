import { readsOnlyJson } from '../../runner/reads-only-json.js';
import type { BodySeen, Reply, RouteSeen } from '../seen.js';
import type { Bench } from './bench.js';
import { NONSENSE } from './bench.js';
import { observeClock } from './clock.js';
import { answerIn } from './http-text.js';

/** Other content types under which a receiver may read a body. */
const OTHER_TYPES = ['text/plain', 'application/octet-stream', 'application/json'] as const;

const JSON_TYPE = 'application/json';

/** The least time in which a receiver is expected to answer a body that it does not wait for. */
const HOLD_MS = 300;

const OLD_TOKEN_SECONDS = 120;

const isTaken = ({ status = 0 }: Reply): boolean => status >= 200 && status < 300;

const textOf = ({ status, text }: Reply): string => `${status ?? 'none'} ${text}`;

/** Whether an answer comes while half of a nonsense body is held back. No clock is asked: timers end up to 2 ms early. */
const answersEarly = async (
  bench: Bench,
  contentType: string,
  holdMs: number,
): Promise<boolean> => {
  const line = await bench.open().catch(() => undefined);
  if (line === undefined) return false;
  try {
    const { head, body } = bench.text([['Connection', 'close']], { contentType });
    const half = body.length / 2;
    line.write(head + body.slice(0, half));
    const answered = (heard: string): boolean => answerIn(heard) !== undefined;
    if ((await line.until(answered, holdMs)) === 'met') return true;
    line.write(body.slice(half));
    await line.until(answered, bench.patienceMs);
    return false;
  } finally {
    line.close();
  }
};

type Others = Pick<BodySeen, 'takenAs' | 'takenAgedSeconds' | 'onlyJson' | 'demand'>;

const NONE: Others = {
  takenAs: undefined,
  takenAgedSeconds: undefined,
  onlyJson: false,
  demand: undefined,
};

/** What a receiver takes that refuses a genuine delivery: one thing is changed at a time. */
const tryOthers = async (
  bench: Bench,
  refused: Reply,
  { isKnown }: { readonly isKnown: boolean },
): Promise<Others> => {
  const event = bench.event();
  for (const contentType of OTHER_TYPES) {
    if (isTaken(await bench.deliver({ event, contentType }))) {
      return { ...NONE, takenAs: contentType };
    }
  }
  if (isKnown) return NONE;
  const skew = observeClock(bench.dates());
  const behindSeconds = skew === undefined ? 0 : Math.round(-skew.leastMs / 1000);
  const ages = [OLD_TOKEN_SECONDS, ...(Math.abs(behindSeconds) > 5 ? [behindSeconds] : [])];
  for (const ageSeconds of ages) {
    if (isTaken(await bench.deliver({ event, ageSeconds }))) {
      return { ...NONE, takenAgedSeconds: ageSeconds };
    }
  }
  const onlyJson = readsOnlyJson({
    genuine: textOf(refused),
    text: textOf(await bench.post()),
    empty: textOf(await bench.post({ body: '' })),
    json: textOf(await bench.post({ body: '{}', contentType: JSON_TYPE })),
    broken: textOf(await bench.post({ body: '{', contentType: JSON_TYPE })),
  });
  return onlyJson ? { ...NONE, onlyJson } : { ...NONE, demand: await bench.demandOn(event) };
};

/** Which bodies are read, and what is taken in place of a genuine delivery that is refused. */
export const observeBody = async (
  bench: Bench,
  { junk, genuine }: RouteSeen,
): Promise<BodySeen> => {
  const slowestMs = Math.max(junk.latencyMs, genuine?.latencyMs ?? 0);
  const holdMs = HOLD_MS + 1.5 * slowestMs;
  const [jwt, json] = await Promise.all([
    answersEarly(bench, bench.target.contentType, holdMs),
    answersEarly(bench, JSON_TYPE, holdMs),
  ]);
  const labels: { readonly type: string; readonly status: number | undefined }[] = [];
  if ((genuine ?? junk).status === 415) {
    for (const type of OTHER_TYPES) {
      const { status } = await bench.post({ body: NONSENSE, contentType: type });
      labels.push({ type, status });
    }
  }
  const others =
    genuine === undefined || isTaken(genuine)
      ? NONE
      : await tryOthers(bench, genuine, { isKnown: jwt && !json });
  return { early: { jwt, json }, labels, ...others };
};
