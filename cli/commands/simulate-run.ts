import {
  HookproofError,
  type SimulateOptions,
  type SimulationResult,
  formatTime,
  loadScenario,
  simulate,
  simulateInThreads,
} from '../../simulator/index.js';
import { exitCodes } from '../exit-codes.js';
import { type Interruption, watchForInterruption } from '../interrupt.js';
import { readPolicy } from '../policy-choice.js';
import { createEta } from '../simulation/eta.js';
import { type ReportWishes, openSimulationReports } from '../simulation/reports.js';
import { version } from '../version.js';
import { say } from '../../language/say.js';

/** The options as commander hands them over. */
export interface SimulateFlags extends ReportWishes {
  readonly policy?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly rate?: string;
  readonly share?: string;
  readonly outage?: string;
  readonly up?: string;
  readonly down?: string;
  readonly good?: string;
  readonly until?: string;
  readonly seed?: number;
  readonly accounts?: number;
  readonly threads?: number;
  readonly maxSteps?: number;
  readonly readings: boolean;
  readonly expectEnabled: boolean;
}

const PARAMETERS = ['rate', 'share', 'outage', 'up', 'down', 'good'] as const;

const parametersOf = (flags: SimulateFlags): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    PARAMETERS.flatMap((name) => {
      const value = flags[name];
      return value === undefined ? [] : [[name, value]];
    }),
  ),
  ...flags.set,
});

/** What both ways to play a scenario are given. */
const optionsOf = async (flags: SimulateFlags): Promise<SimulateOptions> => ({
  policy: flags.policy === undefined ? undefined : await readPolicy(flags.policy),
  parameters: parametersOf(flags),
  until: flags.until,
  seed: flags.seed,
  accounts: flags.accounts,
  stepsMax: flags.maxSteps,
});

/** Runs `hookproof simulate` and tells its exit code. */
export const runSimulate = async (nameOrPath: string, flags: SimulateFlags): Promise<number> => {
  const options = await optionsOf(flags);
  const { scenario, isKnown } = await loadScenario(nameOrPath);
  const interruption = watchForInterruption();
  try {
    if (flags.readings) {
      const { runReadings } = await import('./simulate-readings.js');
      return await runReadings(scenario, options, flags, interruption);
    }
    return await playAndReport(scenario, { ...options, isKnown }, flags, interruption);
  } finally {
    interruption.end();
  }
};

const playAndReport = async (
  written: unknown,
  options: SimulateOptions,
  flags: SimulateFlags,
  interruption: Interruption,
): Promise<number> => {
  // Rows stay in their threads: what needs them is played in one.
  const { threads = 1 } = flags;
  const reports = await openSimulationReports(flags, threads > 1);
  const eta = createEta();
  const scenario = written as Parameters<typeof simulate>[0];
  const between: NonNullable<SimulateOptions['between']> = async (progress) => {
    await reports.flush?.();
    eta.show(progress);
    await turn();
    return !interruption.asked() && !process.stdout.destroyed;
  };
  const result = await (
    threads > 1
      ? simulateInThreads(scenario, { ...options, threads, between })
      : simulate(scenario, { ...options, listen: reports.listen, between })
  ).finally(eta.clear);
  process.stderr.write(say`hookproof ${version()}  ${result.scenario}  seed ${result.seed}\n`);
  await reports.finish(result);
  return exitCodeOf(result, flags);
};

/** Lets signals and other events have their turn. */
const turn = async (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

const exitCodeOf = (result: SimulationResult, { expectEnabled }: SimulateFlags): number => {
  if (!result.complete) {
    process.stderr.write(
      say`hookproof: interrupted; what is written ends at ${formatTime(result.untilMs)}\n`,
    );
    return exitCodes.interrupted;
  }
  if (expectEnabled && result.hooks.every(({ attempts }) => attempts === 0)) {
    throw new HookproofError(
      'invalid_argument',
      say`nothing was delivered, so --expect-enabled decides nothing`,
      say`give the scenario traffic that its hooks subscribe to, before it ends`,
    );
  }
  return expectEnabled && result.totals.hooksDisabled > 0 ? exitCodes.broken : exitCodes.passed;
};
