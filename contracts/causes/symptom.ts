/** How a case failed, beside that it did: two defects that fail one case seldom do so alike. */

/**
 * `taken`: what must be refused was not; `repeated`: an event has more than one effect; `lost`: it
 * was acknowledged and has none; `late`: no answer in time; `broken`: a 5xx; `cut`: the connection
 * ended without an answer; `refused`: a genuine delivery got another answer than 2xx.
 */
export const symptoms = ['taken', 'repeated', 'lost', 'late', 'broken', 'cut', 'refused'] as const;
export type Symptom = (typeof symptoms)[number];

/** Whether it is told by effects that are there or missing, not by an answer. */
export const isEffect = (symptom: Symptom): boolean =>
  symptom === 'taken' || symptom === 'repeated' || symptom === 'lost';

/** What an attempt shows of it. */
interface Shown {
  readonly intent: 'genuine' | 'hostile' | 'oddity';
  readonly events: readonly string[];
  /** Null where there was no answer. */
  readonly status: number | null;
  readonly failure?: string;
  /** Null where effects cannot be seen. */
  readonly effects: number | null;
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

/** The gravest that its attempts show; undefined where it failed for something else. */
export const symptomOf = (attempts: readonly Shown[]): Symptom | undefined => {
  const shown = new Set(attempts.map(symptomIn));
  return symptoms.find((one) => shown.has(one));
};
