import { HookproofError, pairs } from '../../simulator/index.js';
import { say } from '../../language/say.js';
import type { CommandKind, Likeness, Schedule } from './schedule.js';

type IsEvent = (name: unknown) => boolean;

/** What the fields of a step have to be, beside the kind. */
type Fields = Readonly<Record<string, (value: unknown, isEvent: IsEvent) => boolean>>;

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 1;
const isSpan = (value: unknown): boolean =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

const ONE: Fields = { event: (value, isEvent) => isEvent(value) };
const SEVERAL: Fields = {
  events: (value, isEvent) => Array.isArray(value) && value.length > 0 && value.every(isEvent),
};

const STEPS: Readonly<Record<CommandKind, Fields>> = {
  deliver: ONE,
  copy: ONE,
  resign: ONE,
  forge: ONE,
  poll: ONE,
  'fail-next': ONE,
  'slow-next': { ...ONE, then: (value) => value === 'taken' || value === 'failed' },
  'drop-response': ONE,
  batch: SEVERAL,
  concurrent: SEVERAL,
  crossed: SEVERAL,
  restart: {},
  advance: { minutes: isSpan },
  pause: { seconds: isSpan },
  many: { events: isCount },
};

const LIKENESSES: readonly Likeness[] = ['same-resource', 'again', 'next-key'];

/** What the kinds need that not every set-up has. */
const NEEDED: Readonly<Partial<Record<CommandKind, string>>> = {
  'fail-next': 'sinkPort (--sink-listen)',
  'slow-next': 'sinkPort (--sink-listen)',
  poll: 'apiPort and controls.poll (--api-listen, --poll-url)',
  restart: 'controls.restart (--restart-cmd)',
  advance: 'controls.clock (--receiver-clock)',
};

/**
 * A schedule from a file or a hand: a step that is misspelt, or that the set-up cannot do, would be
 * left out without a word, and the rest would pass.
 *
 * @throws {HookproofError} `invalid_argument`, naming the step
 */
export const requireSchedule = (schedule: Schedule, kinds: readonly CommandKind[]): void => {
  const given: unknown = schedule;
  if (!isRecord(given) || !isRecord(given['events']) || !Array.isArray(given['commands'])) {
    throw wrong(say`this is no schedule`, say`write ${EXAMPLE}`);
  }
  const { events } = given;
  const commands: readonly unknown[] = given['commands'];
  for (const [name, event] of Object.entries(events)) requireEvent(name, event, events);
  if (commands.length === 0) throw wrong(say`the schedule has no steps`, say`write ${EXAMPLE}`);
  const isEvent = (name: unknown): boolean => typeof name === 'string' && name in events;
  for (const [index, command] of commands.entries()) {
    const what = isRecord(command) ? command : {};
    const kind = what['do'];
    const where = say`step ${index + 1} of the schedule`;
    if (!isKind(kind)) {
      throw wrong(
        say`${where} is no step: ${JSON.stringify(command) ?? 'undefined'}`,
        say`do has to be one of ${Object.keys(STEPS).join(', ')}`,
      );
    }
    for (const [field, fits] of Object.entries(STEPS[kind])) {
      if (fits(what[field], isEvent)) continue;
      throw wrong(
        say`${where}, ${kind}, has no ${field} that fits: ${JSON.stringify(what[field]) ?? 'undefined'}`,
        say`name events of the schedule (${Object.keys(events).join(', ')}); numbers are counts, minutes or seconds`,
      );
    }
    if (!kinds.includes(kind)) {
      throw wrong(
        say`${where}, ${kind}, cannot be played here`,
        say`it needs ${NEEDED[kind] ?? kind}`,
      );
    }
  }
};

const EXAMPLE = "{ events: { A: {} }, commands: [{ do: 'deliver', event: 'A' }] }";

const requireEvent = (
  name: string,
  event: unknown,
  events: Readonly<Record<string, unknown>>,
): void => {
  const { pair, like } = isRecord(event) ? event : {};
  if (pair !== undefined && !pairs.some((one) => one.name === pair)) {
    throw wrong(
      say`event ${name} of the schedule: there is no event named ${JSON.stringify(pair)}`,
      say`see hookproof list events, or leave pair out`,
    );
  }
  if (like === undefined) return;
  const earlier = Object.keys(events).slice(0, Object.keys(events).indexOf(name));
  const fits =
    isRecord(like) &&
    earlier.includes(String(like['event'])) &&
    LIKENESSES.some((how) => how === like['how']);
  if (fits) return;
  throw wrong(
    say`event ${name} of the schedule: like does not fit`,
    say`write { event: an earlier name, how: one of ${LIKENESSES.join(', ')} }`,
  );
};

const isKind = (kind: unknown): kind is CommandKind =>
  typeof kind === 'string' && Object.hasOwn(STEPS, kind);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);
