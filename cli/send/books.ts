/** Keeps the books of a run of send: each step of the state machine becomes what is reported. */
import { failedUnder, standing } from '../../simulator/index.js';
import type {
  DeliveryCommand,
  DeliveryPolicy,
  DeliveryState,
  DeliveryStepTaken,
} from '../../simulator/index.js';
import type {
  DisabledHook,
  NextAttempt,
  SentAttempt,
  SentDelivery,
  WindowFigures,
} from './record.js';

/** Told as things happen. */
export interface Watch {
  readonly begun: (delivery: SentDelivery) => void;
  readonly attempted: (delivery: SentDelivery, attempt: SentAttempt) => void;
  /** Given up untried, or while it waited. */
  readonly dropped: (delivery: SentDelivery) => void;
  readonly disabled: (hook: DisabledHook) => void;
}

interface Answer {
  readonly latencyMs: number;
  /** Its beginning, fit to be shown. */
  readonly body: string;
}

export interface Books {
  readonly begin: (delivery: Omit<SentDelivery, 'attempts' | 'outcome' | 'next'>) => void;
  /** Told before the step that an attempt's end is. */
  readonly answered: (deliveryId: string, answer: Answer) => void;
  readonly step: (taken: DeliveryStepTaken) => void;
  readonly deliveries: () => readonly SentDelivery[];
  readonly window: (atMs: number) => WindowFigures;
  readonly disabled: () => DisabledHook | null;
}

type Writable<Data> = { -readonly [Field in keyof Data]: Data[Field] };
type Delivery = Writable<Omit<SentDelivery, 'attempts'>> & { readonly attempts: SentAttempt[] };
type Ended = Extract<DeliveryStepTaken['input'], { kind: 'attempt-ended' }>;

const isoAt = (ms: number): string => new Date(ms).toISOString();

const figuresOf = (state: DeliveryState, atMs: number): WindowFigures => {
  const { failed, total, headroom } = standing(state.window, atMs);
  return { failed, total, headroom: Number.isFinite(headroom) ? headroom : null };
};

export const createBooks = ({
  policy,
  beginMs,
  watch,
}: {
  readonly policy: DeliveryPolicy;
  readonly beginMs: number;
  readonly watch: Watch;
}): Books => {
  const deliveries = new Map<string, Delivery>();
  const answers = new Map<string, Answer>();
  let latest: DeliveryState | undefined;
  let disabled: DisabledHook | null = null;

  const attemptOf = (input: Ended, number: number, state: DeliveryState): SentAttempt => {
    const { outcome, endedAtMs, deliveryId } = input;
    const { latencyMs, body } = answers.get(deliveryId) ?? { latencyMs: 0, body: '' };
    const answered = outcome.kind === 'response';
    return {
      attempt: number,
      at: isoAt(endedAtMs),
      atMs: endedAtMs - beginMs,
      status: answered ? outcome.status : null,
      failure: answered ? null : outcome.failure,
      detail: answered ? null : outcome.detail,
      failed: failedUnder(policy, outcome) ?? null,
      latencyMs: Math.round(latencyMs * 10) / 10,
      body,
      window: figuresOf(state, endedAtMs),
    };
  };

  /** What the commands make of deliveries, the one that was just tried among them. */
  const settle = (commands: readonly DeliveryCommand[], nowMs: number): readonly Delivery[] =>
    commands.flatMap((command) => {
      if (command.kind === 'hook-disabled') {
        const { atMs, failed, total } = command;
        disabled ??= { at: isoAt(atMs), atMs: atMs - beginMs, failed, total };
      }
      const delivery = 'deliveryId' in command ? deliveries.get(command.deliveryId) : undefined;
      if (delivery === undefined) return [];
      if ('attempts' in command) delivery.outcome = command.kind;
      delivery.next = command.kind === 'schedule' ? nextOf(command, nowMs) : null;
      return command.kind === 'dropped' ? [delivery] : [];
    });

  return {
    begin: (delivery) => {
      const begun: Delivery = { ...delivery, attempts: [], outcome: 'open', next: null };
      deliveries.set(delivery.id, begun);
      watch.begun(begun);
    },
    answered: (id, answer) => answers.set(id, answer),
    step: ({ input, commands, state: now }) => {
      latest = now;
      const before = disabled;
      const tried = input.kind === 'attempt-ended' ? deliveries.get(input.deliveryId) : undefined;
      const atMs = input.kind === 'attempt-ended' ? input.endedAtMs : input.atMs;
      const dropped = settle(commands, atMs);
      if (tried !== undefined && input.kind === 'attempt-ended') {
        const attempt = attemptOf(input, tried.attempts.length + 1, now);
        tried.attempts.push(attempt);
        watch.attempted(tried, attempt);
      }
      if (before === null && disabled !== null) watch.disabled(disabled);
      for (const one of dropped) if (one !== tried) watch.dropped(one);
    },
    deliveries: () => [...deliveries.values()],
    window: (atMs) =>
      latest === undefined ? { failed: 0, total: 0, headroom: null } : figuresOf(latest, atMs),
    disabled: () => disabled,
  };
};

const nextOf = (
  { attempt, dueMs }: Extract<DeliveryCommand, { kind: 'schedule' }>,
  nowMs: number,
): NextAttempt => ({ attempt, at: isoAt(dueMs), inMs: dueMs - nowMs });
