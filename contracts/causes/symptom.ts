/** How a case failed, beside that it did: two defects that fail one case seldom do so alike. */

/**
 * `taken`: what must be refused was not; `repeated`: an event has more than one effect;
 * `repeated-at-times`: it has, but fewer than copies came one after the other; `lost`: it
 * was acknowledged and has none; `late`: no answer in time; `broken`: a 5xx; `cut`: the connection
 * ended without an answer; `refused`: a genuine delivery got another answer than 2xx.
 */
export const symptoms = [
  'taken',
  'repeated',
  'repeated-at-times',
  'lost',
  'late',
  'broken',
  'cut',
  'refused',
] as const;
export type Symptom = (typeof symptoms)[number];

/** Whether it is told by an answer that came at once, not by effects that are there or missing. */
export const isAnswer = (symptom: Symptom): boolean =>
  symptom === 'broken' || symptom === 'cut' || symptom === 'refused';

/** What an attempt shows of it. */
interface Shown {
  readonly intent: 'genuine' | 'hostile' | 'oddity';
  readonly events: readonly string[];
  /** Null where there was no answer. */
  readonly status: number | null;
  readonly failure?: string;
  /** Null where effects cannot be seen. */
  readonly effects: number | null;
  /** When it was sent. */
  readonly atMs: number;
  readonly latencyMs: number;
}

const symptomIn = ({ intent, events, status, failure, effects }: Shown): Symptom | undefined => {
  const isAcknowledged = status !== null && status >= 200 && status < 300;
  if (intent === 'hostile' && (effects === null ? isAcknowledged : effects > 0)) return 'taken';
  if (effects !== null && effects > events.length) return 'repeated';
  if (intent !== 'hostile' && isAcknowledged && effects !== null && effects < events.length) {
    return 'lost';
  }
  if (status === null) return failure === 'timeout' ? 'late' : 'cut';
  if (status >= 500) return 'broken';
  return intent === 'genuine' && !isAcknowledged ? 'refused' : undefined;
};

/** Whether its event came in several attempts, one after the other, and some had no effect of their own. */
const isAtTimes = ({ events, effects }: Shown, all: readonly Shown[]): boolean => {
  const [key] = events;
  if (events.length !== 1 || key === undefined || effects === null) return false;
  const copies = all
    .filter((one) => one.events.includes(key) && one.status !== null && one.status < 300)
    .toSorted((one, other) => one.atMs - other.atMs);
  const overlap = copies.some(
    ({ atMs, latencyMs }, index) => atMs + latencyMs > (copies[index + 1]?.atMs ?? Infinity),
  );
  return !overlap && effects < copies.length;
};

/** The gravest that its attempts show; undefined where it failed for something else. */
export const symptomOf = (attempts: readonly Shown[]): Symptom | undefined => {
  const shown = new Set(
    attempts.map((attempt) => {
      const symptom = symptomIn(attempt);
      return symptom === 'repeated' && isAtTimes(attempt, attempts) ? 'repeated-at-times' : symptom;
    }),
  );
  return symptoms.find((one) => shown.has(one));
};
