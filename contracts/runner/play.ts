import { HookproofError } from '../../simulator/index.js';
import type {
  Attempt,
  CaseContext,
  ContractCase,
  Control,
  Need,
  Observations,
  SendingCase,
} from './case.js';
import { isAcknowledged } from './judge.js';
import { say } from '../../language/say.js';

/** What became of a case that sends. */
export type Played =
  | {
      readonly kind: 'sent';
      readonly observations: Observations;
      /** The genuine delivery after it; undefined until it was made. */
      readonly closedBy: () => Control | undefined;
    }
  | { readonly kind: 'unmet'; readonly need: Need }
  | { readonly kind: 'blocked'; readonly why: string };

export interface Play {
  readonly played: ReadonlyMap<string, Played>;
  readonly controls: readonly Control[];
}

interface Stage {
  readonly cases: readonly ContractCase[];
  readonly contextOf: (caseId: string) => CaseContext;
  readonly onProgress: (done: number, total: number, what: string) => void;
  /** Whether the state of a resource can be read. */
  readonly statesSeen: boolean;
  /** Whether nothing further is to be begun. */
  readonly isAborted: () => boolean;
  /** Counts what was sent so far, before cases that may break the counting. */
  readonly count: (soFar: Play) => Promise<void>;
}

/**
 * What a receiver may take to work off a load of genuine deliveries: Truora comes again after 30 s at the
 * earliest (DOC).
 */
const BACKLOG_MS = 30_000;

const isTimeout = ({ exchange: { outcome } }: Attempt): boolean =>
  outcome.kind === 'failure' && outcome.failure === 'timeout';

const byFamily = (cases: readonly SendingCase[]): ReadonlyMap<string, readonly SendingCase[]> => {
  const families = new Map<string, SendingCase[]>();
  for (const one of cases) families.set(one.family, [...(families.get(one.family) ?? []), one]);
  return families;
};

const NEEDS: readonly Need[] = [
  'effects',
  'socket',
  'canary',
  'sink',
  'state',
  'peer',
  'restart',
  'clock',
  'poll',
  'rekey',
  'outage',
];

/** What this run can do beyond sending. */
export const providedNeeds = (
  { facts, sink, raw, canary, peerUrl, api, controls }: CaseContext,
  statesSeen: boolean,
): readonly Need[] => {
  const present: Readonly<Record<Need, boolean>> = {
    effects: facts.effects,
    socket: raw !== undefined,
    canary: canary !== undefined,
    sink: sink !== undefined,
    state: statesSeen,
    peer: peerUrl !== undefined,
    restart: controls.restart !== undefined,
    clock: controls.clock !== undefined,
    poll: controls.poll !== undefined && api !== undefined,
    rekey: controls.rekey !== undefined,
    outage: controls.outage !== undefined,
  };
  return NEEDS.filter((need) => present[need]);
};

/**
 * Plays the sending cases: families one after the other, each between two genuine deliveries, then
 * the cases that load the receiver, one at a time; cases that mostly wait run beside them. When a genuine
 * delivery between them is not taken any more, nothing further is sent.
 */
export const play = async (stage: Stage): Promise<Play> => {
  const { cases, contextOf, onProgress, isAborted, count } = stage;
  const played = new Map<string, Played>();
  const controls: Control[] = [];
  const sending = cases.filter((one) => one.kind === 'sends');
  let done = 0;
  let controlsBegun = 0;

  const control = async (after: string, patienceMs = 0): Promise<Control> => {
    // Two may be under way: each has an event of its own.
    const context = contextOf(`control ${controlsBegun++}`);
    const event = context.event();
    const attempts = [...(await context.deliver([event], { label: 'control' }))];
    const giveUpAtMs = context.nowMs() + patienceMs;
    while (attempts.slice(-1).every(isTimeout) && context.nowMs() < giveUpAtMs) {
      attempts.push(...(await context.deliver([event], { label: 'control, later' })));
    }
    const made = { after, event, attempts, taken: attempts.some(isAcknowledged) };
    controls.push(made);
    return made;
  };
  const provided = providedNeeds(contextOf('needs'), stage.statesSeen);
  /** What a case lacks here; undefined when it can be played. */
  const lacks = (one: SendingCase): Need | undefined =>
    one.needs.find((need) => !provided.includes(need));
  const run = async (one: SendingCase, closedBy: () => Control | undefined): Promise<void> => {
    const context = contextOf(one.id);
    const need = lacks(one);
    played.set(
      one.id,
      need === undefined ? await sent(one, context, closedBy) : { kind: 'unmet', need },
    );
    done++;
    onProgress(done, sending.length, one.family);
  };
  /** Runs cases together and closes them with a control. */
  const bracketed = async (
    group: readonly SendingCase[],
    what: string,
    patienceMs?: number,
  ): Promise<void> => {
    let closing: Control | undefined;
    await Promise.all(group.map(async (one) => run(one, () => closing)));
    closing = await control(`after ${what}`, patienceMs);
  };
  const standing = (): boolean => !isAborted() && (controls.at(-1)?.taken ?? false);

  await control('before the first case');
  if (standing()) {
    const ofStage = (name: SendingCase['stage']): readonly SendingCase[] =>
      sending.filter((one) => one.stage === name);
    const patient = bracketed(ofStage('patient'), 'the cases that wait');
    for (const [family, group] of byFamily(ofStage('group'))) {
      if (standing()) await bracketed(group, family);
    }
    for (const one of ofStage('alone')) {
      if (standing()) await bracketed([one], one.id, BACKLOG_MS);
    }
    await patient;
    if (standing()) await count({ played, controls });
    const [disruptive, idle] = partition(ofStage('disruptive'), (one) => lacks(one) === undefined);
    for (const one of idle) await run(one, () => controls.at(-1));
    for (const one of disruptive) {
      if (standing()) await bracketed([one], one.id);
    }
    if (disruptive.length > 0 && standing()) await count({ played, controls });
    for (const [family, group] of byFamily(ofStage('last'))) {
      if (standing()) await bracketed(group, family);
    }
  }
  const why = isAborted()
    ? say`not sent: the run was ended before`
    : 'the genuine delivery before it was not taken';
  for (const one of sending) {
    if (!played.has(one.id)) played.set(one.id, { kind: 'blocked', why });
  }
  return { played, controls };
};

const sent = async (
  one: SendingCase,
  context: CaseContext,
  closedBy: () => Control | undefined,
): Promise<Played> => {
  try {
    return { kind: 'sent', observations: await one.run(context), closedBy };
  } catch (error) {
    if (!(error instanceof HookproofError) || error.code !== 'control_failed') throw error;
    return { kind: 'blocked', why: `${error.message}; ${error.remedy}` };
  }
};

const partition = <Item>(
  items: readonly Item[],
  fits: (item: Item) => boolean,
): readonly [fitting: readonly Item[], others: readonly Item[]] => [
  items.filter(fits),
  items.filter((item) => !fits(item)),
];
