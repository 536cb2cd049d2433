/**
 * What a scenario may say. The shipped JSON Schema and the types come from here; this is the only
 * file of the folder that loads zod.
 */
import { z } from 'zod';
import { durationPattern, parseRate, ratePattern, sharePattern, timePattern } from './units.js';
import { say } from '../../language/say.js';

// Said of the union and of its parts: zod speaks of a part where only one of them comes near.
// By functions, as the language is chosen after this is read.
const aTime = { error: () => say`a time such as "90s", "-1h" or "1h30m", or whole milliseconds` };
const aDuration = {
  error: () => say`a duration such as "90s" or "1h30m", or whole milliseconds, not below 0`,
};
const aShare = { error: () => say`a share such as "40%", "2/5" or 0.4, not above 1` };

const time = z.union([z.int(), z.string().regex(timePattern, aTime)], aTime).meta({
  id: 'time',
  description: 'A time from the scenario’s time 0, such as "90s", "-1h", "1h30m", or milliseconds.',
});

const duration = z
  .union([z.int().min(0, aDuration), z.string().regex(durationPattern, aDuration)], aDuration)
  .meta({ id: 'duration', description: 'A span of time such as "90s", "1h30m", or milliseconds.' });

const rate = z
  .string({ error: () => say`a rate such as "10/min"` })
  .regex(ratePattern, { error: () => say`a rate such as "10/min", "1/s" or "1/20min"` })
  .refine((text) => parseRate(text) > 0 && Number.isFinite(parseRate(text)), {
    error: () => say`a rate above 0, in a span of time above 0`,
  })
  .meta({ id: 'rate', description: 'Events in a span of time: "10/min", "1/s", "1/20min".' });

const share = z
  .union([z.number().min(0, aShare).max(1, aShare), z.string().regex(sharePattern, aShare)], aShare)
  .meta({ id: 'share', description: 'A share from 0 to 1: "40%", "2/5", 0.4.' });

const names = z
  .union([z.string(), z.array(z.string()).min(1)], {
    error: () => say`an event such as "checks.finished" or "checks.*", or a list of them`,
  })
  .meta({
    id: 'names',
    description: 'Events by name: "checks.finished", "checks.*", "*", or a list of them.',
  });

const mix = z
  .union([z.string(), z.array(z.string()).min(1), z.record(z.string(), z.number().min(0))], {
    error: () =>
      say`events such as "checks.*", a list of them, or an object that gives each a weight`,
  })
  .meta({
    id: 'mix',
    description: 'Which events happen: a name, a list of names alike, or weights by name.',
  });

const failures = ['refused', 'reset', 'dns', 'tls', 'connect-timeout', 'timeout'] as const;

const anAnswer = {
  error: () => say`a status from 100 to 599, or one of ${failures.join(', ')}`,
};

const answer = z
  .union([z.int().min(100, anAnswer).max(599, anAnswer), z.enum(failures)], anAnswer)
  .meta({
    id: 'answer',
    description: 'How an attempt ends: a status, or a failure such as "refused" or "timeout".',
  });

const latency = z
  .union(
    [
      duration,
      z.strictObject({ min: duration, max: duration }),
      z.strictObject({ median: duration, p99: duration }),
    ],
    {
      error: () =>
        say`a duration, {"min", "max"} for an even spread, or {"median", "p99"} for a log-normal one`,
    },
  )
  .meta({
    id: 'latency',
    description: 'How long an answer takes: a duration, or a spread of them.',
  });

const span = {
  from: time.optional().describe('When it begins; from the beginning if left out.'),
  until: time.optional().describe('When it is over, itself excluded; never if left out.'),
};

const traffic = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('constant'),
      rate,
      ...span,
      count: z.int().min(0).optional().describe('Events at the most.'),
      events: mix.optional(),
    })
    .describe('Events at even distances.'),
  z
    .strictObject({
      kind: z.literal('poisson'),
      rate,
      ...span,
      count: z.int().min(0).optional().describe('Events at the most.'),
      events: mix.optional(),
    })
    .describe('Events at random, so many on average, each independent of the others.'),
  z
    .strictObject({
      kind: z.literal('burst'),
      at: time,
      count: z.int().min(1).describe('Events of one burst.'),
      over: duration.optional().describe('The time that a burst takes; all at once if left out.'),
      every: duration.optional().describe('When the next burst begins; one burst if left out.'),
      until: time.optional().describe('No burst begins then or later.'),
      events: mix.optional(),
    })
    .describe('Many events in a short time, once or again and again.'),
  z
    .strictObject({
      kind: z.literal('recorded'),
      file: z.string().optional().describe('NDJSON, a line an event, next to the scenario.'),
      lines: z
        .array(z.strictObject({ at: time, event: z.string() }))
        .optional()
        .describe('The events themselves, in place of a file.'),
      at: time.optional().describe('When the first of them happens; as recorded if left out.'),
    })
    .describe('Events as they were recorded.'),
]);

const behaviour = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('healthy'), latency: latency.optional(), ...span })
      .describe('Takes every event.'),
    z
      .strictObject({ kind: z.literal('outage'), answer: answer.optional(), ...span })
      .describe('Takes nothing; refuses connections unless it answers something.'),
    z
      .strictObject({
        kind: z.literal('failing'),
        share,
        of: z
          .enum(['events', 'attempts'])
          .optional()
          .describe('Whether an event fails always, or each attempt by chance. Default: events.'),
        spread: z
          .enum(['random', 'even'])
          .optional()
          .describe('Whether chance or an even rhythm picks what fails. Default: random.'),
        answer: answer.optional(),
        ...span,
      })
      .describe('Fails for a share; 500 unless it answers something else.'),
    z
      .strictObject({
        kind: z.literal('slow'),
        latency,
        share: share.optional(),
        ...span,
      })
      .describe('Does its work, but takes its time: too late is done, and counts as failed.'),
    z
      .strictObject({
        kind: z.literal('flapping'),
        up: duration,
        down: duration,
        answer: answer.optional(),
        ...span,
      })
      .describe('Up for a while, down for a while, and again; 503 when down.'),
    z
      .strictObject({
        kind: z.literal('rejecting'),
        events: names,
        answer: answer.optional(),
        ...span,
      })
      .describe('Refuses some kinds of events; 404 unless it answers something else.'),
    z
      .strictObject({
        kind: z.literal('capacity'),
        rate,
        backlog: z.int().min(0).optional().describe('Attempts that may wait. Default: 100.'),
        answer: answer.optional(),
        ...span,
      })
      .describe(
        'Does so many at a time; more wait, and what finds the queue full is refused, 503.',
      ),
  ])
  .meta({ id: 'behaviour' });

const aReceiver = {
  error: () =>
    say`a behaviour such as {"kind": "outage", "from": 0, "until": "1h"}, or a list of them`,
};

const receiver = z.union([behaviour, z.array(behaviour)], aReceiver).meta({
  id: 'receiver',
  description: 'How a receiver behaves; of several behaviours the first one that applies decides.',
});

const hook = z.strictObject({
  name: z.string().min(1),
  events: names.optional().describe('What it subscribes to. Default: all.'),
  receiver: z
    .union([z.string(), receiver], {
      error: () => say`the name of one of the receivers, a behaviour, or a list of behaviours`,
    })
    .optional()
    .describe('Who is behind it: a name among "receivers", or a receiver of its own.'),
  reenableAfter: duration
    .optional()
    .describe('Somebody enables it again so long after it was disabled.'),
  creator: z.string().optional().describe('An e-mail address that is told.'),
  owner: z.string().optional().describe('An e-mail address that is told.'),
});

const again = {
  at: time,
  every: duration.optional().describe('Again after so long, and again.'),
  until: time.optional().describe('Not then or later.'),
};

const action = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('disable'), hook: z.string().optional(), ...again })
    .describe('Somebody disables a hook.'),
  z
    .strictObject({ kind: z.literal('enable'), hook: z.string().optional(), ...again })
    .describe('Somebody enables a hook.'),
  z
    .strictObject({
      kind: z.literal('resend'),
      hook: z.string().optional(),
      most: z.int().min(1).optional().describe('Events at the most, the oldest first.'),
      ...again,
    })
    .describe('Somebody resends what a hook gave up and its receiver lacks.'),
  z
    .strictObject({ kind: z.literal('poll'), receiver: z.string().optional(), ...again })
    .describe('A receiver asks GET /events for what happened since it last did.'),
]);

const aStream = {
  error: () =>
    say`a stream such as {"kind": "constant", "rate": "1/min", "until": "4h"}, or a list of them`,
};

/** The schema of a scenario whose parameters have been filled in. */
export const scenarioSchema = z
  .strictObject({
    $schema: z.string().optional(),
    name: z.string().optional(),
    about: z.string().optional().describe('What it shows, in a sentence.'),
    parameters: z
      .record(
        z.string(),
        z.strictObject({ default: z.union([z.string(), z.number()]), about: z.string() }),
      )
      .optional()
      .describe('What can be set from outside; "{name}" stands for its value.'),
    seed: z.int().min(0).optional().describe('Chance draws from it. Default: 1.'),
    policy: z
      .union([z.enum(['documented', 'literal', 'five']), z.record(z.string(), z.unknown())], {
        error: () => say`one of documented, literal and five, or an object of policy fields`,
      })
      .optional()
      .describe('A reading of the delivery rules by name, or the fields that differ from it.'),
    until: time.optional().describe('When the run ends; if left out, when nothing is left to do.'),
    accounts: z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .describe('Accounts like this one, each with chance of its own. Default: 1.'),
    traffic: z.union([traffic, z.array(traffic).min(1, aStream)], aStream),
    receivers: z.record(z.string(), receiver).optional(),
    receiver: receiver.optional().describe('What stands behind the only hook.'),
    hooks: z.array(hook).min(1).optional().describe('Default: one, "main", for all events.'),
    actions: z.array(action).optional(),
  })
  .describe('A scenario of hookproof simulate.');

/** A scenario as it is written. */
export type Scenario = z.input<typeof scenarioSchema>;
/** Events that happen in a scenario. */
export type ScenarioTraffic = z.input<typeof traffic>;
/** How a receiver of a scenario behaves. */
export type Behaviour = z.input<typeof behaviour>;
/** A hook of a scenario. */
export type ScenarioHook = z.input<typeof hook>;
/** What people and receivers do in a scenario, and when. */
export type ScenarioAction = z.input<typeof action>;
export type Latency = z.input<typeof latency>;
export type AnswerName = z.input<typeof answer>;

const PARAMETER = { type: 'string', pattern: String.raw`^\{[\w-]+\}$` } as const;

/** A value that a parameter may stand for: a number, or a text of a certain form. */
const isValue = (schema: Readonly<Record<string, unknown>>): boolean =>
  schema['type'] === 'integer' ||
  schema['type'] === 'number' ||
  (schema['type'] === 'string' && ('pattern' in schema || 'enum' in schema));

const withParameters = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(withParameters);
  if (typeof schema !== 'object' || schema === null) return schema;
  const fields = schema as Readonly<Record<string, unknown>>;
  if (isValue(fields)) return { anyOf: [fields, PARAMETER] };
  return Object.fromEntries(Object.entries(fields).map(([key, one]) => [key, withParameters(one)]));
};

/** The JSON Schema that editors use: draft 2020-12. A parameter may stand for any value. */
export const scenarioJsonSchema = (): object => {
  const { $schema, ...rest } = z.toJSONSchema(scenarioSchema, { io: 'input' });
  return {
    $schema,
    title: 'hookproof scenario',
    ...(withParameters(rest) as object),
  };
};
