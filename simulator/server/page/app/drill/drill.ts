/** The recovery drill: what was done, what was observed, and which step is next. Pure. */
import type { Hook, HookWithFigures, StoredEvent, StoredMail } from '../../../stand-in.js';

/** What a poll of the Events API told of an event. */
export type Polled = Pick<StoredEvent, 'id' | 'idempotencyKey' | 'name' | 'createdMs'>;

export interface Drill {
  readonly hookId: string;
  /** By the stand-in's clock. */
  readonly startedMs: number;
  readonly eventIds: readonly string[];
  readonly broken: boolean;
  readonly disabled: boolean;
  readonly mailId: string | null;
  readonly mended: boolean;
  readonly polled: readonly Polled[] | null;
  /** Ids of the events that the receiver took; null until they are compared. */
  readonly received: readonly string[] | null;
}

export const startDrill = (hookId: string, startedMs: number): Drill => ({
  hookId,
  startedMs,
  eventIds: [],
  broken: false,
  disabled: false,
  mailId: null,
  mended: false,
  polled: null,
  received: null,
});

/** What a hook shows of the drill's progress; what was seen once stays seen. */
export const observe = (drill: Drill, hook: Hook): Drill => {
  const broken = drill.broken || hook.fault !== null;
  const byRule = hook.status === 'disabled' && hook.disabledReason !== 'request';
  const disabled = drill.disabled || (byRule && drill.eventIds.length > 0);
  const mended =
    drill.mended || (drill.disabled && hook.status === 'enabled' && hook.fault === null);
  const same = broken === drill.broken && disabled === drill.disabled && mended === drill.mended;
  return same ? drill : { ...drill, broken, disabled, mended };
};

/** The API takes no more at a time, and nobody wants to wait for them. */
const EVENTS_MAX = 500;

/** So many that their first attempts and first retries, all failing, are what disables the hook. */
export const eventsWanted = ({ headroom }: Pick<HookWithFigures['window'], 'headroom'>): number =>
  Math.min(EVENTS_MAX, Math.max(1, Math.ceil((headroom ?? 1) / 2)));

export const stepIds = ['break', 'emit', 'advance', 'mail', 'mend', 'poll', 'compare'] as const;

export type StepId = (typeof stepIds)[number];

export type StepState = 'done' | 'current' | 'later';

/** Whether there is anybody to tell. */
export const hasReaders = ({ creatorAddress, ownerAddress }: Hook): boolean =>
  creatorAddress !== '' || ownerAddress !== '';

const isDone = (step: StepId, drill: Drill, hook: Hook): boolean => {
  switch (step) {
    case 'break':
      return drill.broken;
    case 'emit':
      return drill.eventIds.length > 0;
    case 'advance':
      return drill.disabled;
    case 'mail':
      return drill.mailId !== null || (drill.disabled && !hasReaders(hook));
    case 'mend':
      return drill.mended;
    case 'poll':
      return drill.polled !== null;
    case 'compare':
      return drill.received !== null;
  }
};

/** Each step's state: those before the first that is not done are done, and no other. */
export const stepsOf = (
  drill: Drill,
  hook: Hook,
): readonly { readonly id: StepId; readonly state: StepState }[] => {
  const current = stepIds.findIndex((step) => !isDone(step, drill, hook));
  return stepIds.map((id, index) => {
    if (current === -1 || index < current) return { id, state: 'done' };
    return { id, state: index === current ? 'current' : 'later' };
  });
};

/** The e-mail that told of this drill's disabling. */
export const mailOf = (drill: Drill, mails: readonly StoredMail[]): StoredMail | undefined =>
  mails.find(
    ({ kind, hookId, createdMs }) =>
      kind === 'disabled' && hookId === drill.hookId && createdMs >= drill.startedMs,
  );

export interface Compared extends Polled {
  readonly has: boolean;
}

/** Each polled event against what the receiver took. */
export const compare = (
  polled: readonly Polled[],
  received: readonly string[],
): readonly Compared[] => polled.map((event) => ({ ...event, has: received.includes(event.id) }));
