/**
 * The open choices of the delivery rules, played one against the other: which of them change when a
 * hook is disabled, and which do not.
 */
import { type DeliveryPolicy, createPolicy } from '../core/policy.js';
import { choosePolicy } from './compile.js';
import { readScenario } from './read-scenario.js';
import type { SimulationResult } from './result.js';
import type { Behaviour, Scenario } from './scenario.js';
import { type ScenarioLike, type SimulateOptions, simulateRead, written } from './simulate.js';
import { formatTime } from './units.js';
import { say } from '../../language/say.js';

type Field = keyof DeliveryPolicy;

/** A field of the policy and the readings of it that are played. */
export interface ReadingField {
  readonly field: Field;
  readonly values: readonly unknown[];
}

/** When the rule disabled each hook, by name; an empty list for one that stayed enabled. */
export type DisabledTimes = Readonly<Record<string, readonly number[]>>;

/** What a scenario comes to under each reading of the rules, and which choices decide. */
export interface Readings {
  readonly schemaVersion: 1;
  readonly scenario: string;
  readonly seed: number;
  /** The fields that vary; what the scenario shows no difference in is left as it is. */
  readonly fields: readonly ReadingField[];
  /** How many combinations were played, and whether those are all. */
  readonly played: number;
  readonly complete: boolean;
  /** The fields that change the answer. */
  readonly decides: readonly Field[];
  /** The answers by the values of those fields. */
  readonly answers: readonly {
    readonly when: Readonly<Partial<Record<Field, unknown>>>;
    readonly disabledAtMs: DisabledTimes;
  }[];
  /** The outcome in plain words. */
  readonly sentence: string;
}

const behavioursIn = (scenario: Scenario): readonly Behaviour[] =>
  [
    scenario.receiver ?? [],
    ...Object.values(scenario.receivers ?? {}),
    ...(scenario.hooks ?? []).map(({ receiver }) => (typeof receiver === 'object' ? receiver : [])),
  ].flat();

const answerOf = (behaviour: Behaviour): string | number | undefined =>
  'answer' in behaviour ? behaviour.answer : undefined;

/** The open choices in which a scenario can show a difference, with the readings of each. */
export const fieldsFor = (scenario: Scenario): readonly ReadingField[] => {
  const behaviours = behavioursIn(scenario);
  const kinds = new Set(behaviours.map(({ kind }) => kind));
  const answers = behaviours.map(answerOf);
  const hasResends = (scenario.actions ?? []).some(({ kind }) => kind === 'resend');
  const isEnabledAgain =
    (scenario.actions ?? []).some(({ kind }) => kind === 'enable') ||
    (scenario.hooks ?? []).some(({ reenableAfter }) => reenableAfter !== undefined);
  const waits = answers.some((answer) => answer === 'timeout' || answer === 'connect-timeout');
  const takesTime =
    waits ||
    kinds.has('slow') ||
    kinds.has('capacity') ||
    behaviours.some((one) => one.kind === 'healthy' && one.latency !== undefined);
  const failsWithoutStatus =
    takesTime ||
    answers.some((answer) => typeof answer === 'string') ||
    behaviours.some((one) => one.kind === 'outage' && one.answer === undefined);
  const all: readonly (ReadingField & { readonly shows: boolean })[] = [
    { field: 'attemptsMax', values: [6, 5], shows: true },
    {
      field: 'delayFrom',
      values: takesTime
        ? ['previous-end', 'previous-start', 'first-start']
        : ['previous-end', 'first-start'],
      shows: true,
    },
    {
      field: 'failureConditions',
      values: [choosePolicy().failureConditions, ['status']],
      shows: failsWithoutStatus,
    },
    { field: 'timeoutMs', values: [3000, 5000, 10_000], shows: takesTime },
    { field: 'window', values: ['rolling', 'tumbling'], shows: true },
    { field: 'attemptsMin', values: [10, 1], shows: true },
    { field: 'counted', values: ['attempts', 'events'], shows: true },
    { field: 'resendsCounted', values: [false, true], shows: hasResends },
    { field: 'onDisable', values: ['drop', 'hold', 'send'], shows: isEnabledAgain },
    { field: 'onEnable', values: ['clear', 'keep'], shows: isEnabledAgain },
    { field: 'scope', values: ['hook', 'account'], shows: (scenario.hooks ?? []).length > 1 },
  ];
  return all.filter(({ shows }) => shows).map(({ field, values }) => ({ field, values }));
};

const NEVER = Number.POSITIVE_INFINITY;

type Reading = Readonly<Partial<Record<Field, unknown>>>;

const combinations = (fields: readonly ReadingField[]): readonly Reading[] =>
  fields.reduce<readonly Reading[]>(
    (sofar, { field, values }) =>
      sofar.flatMap((reading) => values.map((value) => ({ ...reading, [field]: value }))),
    [{}],
  );

const timesIn = ({ hooks }: SimulationResult): DisabledTimes => {
  const times: Record<string, readonly number[]> = {};
  for (const { hook, account, disabled } of hooks) {
    const name = account === 0 ? hook : say`${hook} of account ${account}`;
    times[name] = disabled.filter(({ reason }) => reason !== 'request').map(({ atMs }) => atMs);
  }
  return times;
};

interface Played {
  readonly reading: Reading;
  readonly answer: DisabledTimes;
}

const without = (reading: Reading, field: Field): string => {
  const { [field]: _left, ...rest } = reading;
  return JSON.stringify(rest);
};

/** The fields of which two readings, alike in all others, give different answers. */
const decidingFields = (
  fields: readonly ReadingField[],
  played: readonly Played[],
): readonly Field[] =>
  fields
    .map(({ field }) => field)
    .filter((field) => {
      const answers = new Map<string, string>();
      return played.some(({ reading, answer }) => {
        const others = without(reading, field);
        const text = JSON.stringify(answer);
        const before = answers.get(others);
        answers.set(others, text);
        return before !== undefined && before !== text;
      });
    });

const answersBy = (decides: readonly Field[], played: readonly Played[]): Readings['answers'] => {
  const found = new Map<string, Readings['answers'][number]>();
  for (const { reading, answer } of played) {
    const when = Object.fromEntries(decides.map((field) => [field, reading[field]]));
    found.set(JSON.stringify(when), { when, disabledAtMs: answer });
  }
  return [...found.values()];
};

const describeTimes = (times: DisabledTimes): string =>
  Object.entries(times)
    .map(([hook, [first, ...more]]) => {
      if (first === undefined) return say`${hook} stays enabled`;
      const again = more.length === 0 ? '' : say` and ${more.length} times more`;
      return say`${hook} is disabled at ${formatTime(first)}${again}`;
    })
    .join(', ');

const list = (words: readonly string[]): string =>
  words.length < 2
    ? words.join('')
    : say`${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

const describeWhen = (when: Reading): string =>
  list(
    Object.entries(when).map(
      ([field, value]) => `${field} ${Array.isArray(value) ? value.join('+') : String(value)}`,
    ),
  );

/** When a hook is first disabled, over all answers: a time, a span of them, or never. */
const describeSpan = (hook: string, answers: Readings['answers']): string => {
  const firsts = answers.map(({ disabledAtMs }) => disabledAtMs[hook]?.[0] ?? NEVER);
  const times = firsts.filter((ms) => ms !== NEVER);
  if (times.length === 0) return say`${hook} stays enabled`;
  const [earliest, latest] = [Math.min(...times), Math.max(...times)];
  const when =
    earliest === latest
      ? say`at ${formatTime(earliest)}`
      : say`between ${formatTime(earliest)} and ${formatTime(latest)}`;
  return say`${hook} is disabled ${when}${times.length < firsts.length ? say`, or not at all` : ''}`;
};

const describe = (
  { decides, answers, played }: Omit<Readings, 'sentence'>,
  asked: DisabledTimes | undefined,
): string => {
  const [only] = answers;
  if (only === undefined || asked === undefined) return say`No reading was played.`;
  if (decides.length === 0) {
    return say`${describeTimes(only.disabledAtMs)} under every one of the ${played} readings.`;
  }
  if (decides.length === 1) {
    const by = answers.map(
      ({ when, disabledAtMs }) => say`with ${describeWhen(when)}, ${describeTimes(disabledAtMs)}`,
    );
    return say`Only ${list(decides)} decides, of ${played} readings: ${by.join('; ')}.`;
  }
  const spans = Object.keys(only.disabledAtMs).map((hook) => describeSpan(hook, answers));
  return say`${list(decides)} decide, of ${played} readings: ${spans.join('; ')}. Under the reading that was asked for, ${describeTimes(asked)}.`;
};

/** How readings are compared. */
export interface ReadingsOptions extends Omit<SimulateOptions, 'listen' | 'between' | 'part'> {
  /** Told before each reading is played; the comparison stops where it answers false. */
  readonly between?:
    | ((progress: { readonly played: number; readonly of: number }) => Promise<boolean> | boolean)
    | undefined;
}

/**
 * Plays a scenario under all combinations of the open choices in which it can show a difference.
 * The other fields are those of `policy`.
 *
 * @throws {HookproofError} as `simulate` does
 */
export const compareReadings = async (
  scenario: ScenarioLike,
  options: ReadingsOptions = {},
): Promise<Readings> => {
  const read = await readScenario(written(scenario), options.parameters);
  const base = choosePolicy(options.policy ?? read.policy);
  const fields = fieldsFor(read).map(({ field, values }) => ({
    field,
    // The reading that was asked for is one of them, whatever it is.
    values: values.some((value) => JSON.stringify(value) === JSON.stringify(base[field]))
      ? values
      : [base[field], ...values],
  }));
  const readings = combinations(fields);
  const played: Played[] = [];
  const { between, parameters: _filled, ...choices } = options;
  for (const reading of readings) {
    const progress = { played: played.length, of: readings.length };
    if (!((await between?.(progress)) ?? true)) break;
    const policy = createPolicy({ ...base, ...(reading as Partial<DeliveryPolicy>) });
    const result = await simulateRead(read, { ...choices, policy });
    played.push({ reading, answer: timesIn(result) });
  }
  const decides = decidingFields(fields, played);
  const outcome = {
    schemaVersion: 1,
    scenario: read.name ?? 'scenario',
    seed: options.seed ?? read.seed ?? 1,
    fields,
    played: played.length,
    complete: played.length === readings.length,
    decides,
    answers: answersBy(decides, played),
  } as const;
  const asked = played.find(({ reading }) =>
    Object.entries(reading).every(
      ([field, value]) => JSON.stringify(value) === JSON.stringify(base[field as Field]),
    ),
  );
  return { ...outcome, sentence: describe(outcome, asked?.answer) };
};
