import {
  type Readings,
  type SimulateOptions,
  compareReadings,
  formatTime,
} from '../../simulator/index.js';
import { exitCodes } from '../exit-codes.js';
import type { Interruption } from '../interrupt.js';
import { createProgress } from '../progress.js';
import { tableOf } from '../simulation/table.js';
import { version } from '../version.js';
import { wrap } from '../wrap.js';
import { say } from '../../language/say.js';

const ANSWERS_SHOWN = 40;

const text = (value: unknown): string => (Array.isArray(value) ? value.join('+') : String(value));

const formatAnswers = ({ answers, decides }: Readings): readonly string[] => {
  if (decides.length === 0) return [];
  const hooks = Object.keys(answers[0]?.disabledAtMs ?? {});
  const rows = answers.slice(0, ANSWERS_SHOWN).map(({ when, disabledAtMs }) => [
    ...decides.map((field) => text(when[field])),
    ...hooks.map((hook) => {
      const times = disabledAtMs[hook] ?? [];
      return times.length === 0 ? say`stays enabled` : times.map(formatTime).join(', ');
    }),
  ]);
  const left = answers.length - rows.length;
  return [
    ...tableOf([...decides, ...hooks.map((hook) => say`${hook} disabled at`)], rows),
    ...(left > 0 ? [say`… and ${left} more; --json has all`] : []),
    '',
  ];
};

const formatReadings = (readings: Readings): readonly string[] => {
  const { fields, decides, played } = readings;
  const idle = fields.map(({ field }) => field).filter((field) => !decides.includes(field));
  return [
    ...formatAnswers(readings),
    ...wrap(readings.sentence),
    ...(idle.length === 0 ? [] : wrap(say`No difference by ${idle.join(', ')}.`)),
    ...(readings.complete ? [] : [say`Stopped after ${played} readings.`]),
  ];
};

/** Compares all readings of a scenario, and tells the exit code. */
export const runReadings = async (
  scenario: unknown,
  options: SimulateOptions,
  { json }: { readonly json: boolean },
  interruption: Interruption,
): Promise<number> => {
  const { policy, parameters, until, seed, accounts, stepsMax } = options;
  const progress = createProgress(process.stderr, say`readings played`);
  const readings = await compareReadings(scenario as Parameters<typeof compareReadings>[0], {
    policy,
    parameters,
    until,
    seed,
    accounts,
    stepsMax,
    between: async ({ played, of }) => {
      progress.show(played, of, '');
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      return !interruption.asked();
    },
  }).finally(progress.clear);
  if (json) {
    const { schemaVersion, ...rest } = readings;
    const tool = { name: 'hookproof', version: version() };
    process.stdout.write(`${JSON.stringify({ schemaVersion, tool, ...rest }, null, 2)}\n`);
  } else {
    process.stdout.write(`${formatReadings(readings).join('\n')}\n`);
  }
  return readings.complete ? exitCodes.passed : exitCodes.interrupted;
};
