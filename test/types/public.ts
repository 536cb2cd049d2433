/**
 * What the types of the packed package promise: `npm run package` compiles this beside an installed
 * package, by both ways of finding modules. Each `@ts-expect-error` is a mistake that must be told.
 */
import {
  HookproofError,
  createEvent,
  pairs,
  scenario,
  simulate,
  verifyReceiver,
  type HookproofErrorCode,
  type RunResult,
  type SimulationResult,
  type VerifyOptions,
} from 'hookproof';
import { delivery, event } from 'hookproof/fast-check';

/** Compiles only where both are the same type. */
type Same<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
const same = <One, Other>(answer: Same<One, Other>): void => void answer;

export const verifies = async (): Promise<void> => {
  const result = await verifyReceiver('http://localhost:3000/hook', { key: 'k' });
  same<typeof result, RunResult>(true);
  same<typeof result.summary.verdict, 'passed' | 'failed' | 'inconclusive'>(true);
  await verifyReceiver(async (request) => new Response(await request.text()), { key: 'k' });

  // @ts-expect-error a key is needed
  await verifyReceiver('http://localhost:3000/hook', {});
  // @ts-expect-error a number is no receiver
  await verifyReceiver(3000, { key: 'k' });
  // @ts-expect-error the settle time is a number of milliseconds
  await verifyReceiver('http://localhost:3000/hook', { key: 'k', probeSettleMs: '1s' });
  // @ts-expect-error results are read only
  result.seed = 1;
};

export const simulates = async (): Promise<void> => {
  const played = await simulate(scenario('mine'));
  same<typeof played, SimulationResult>(true);
  // @ts-expect-error a scenario is no number
  await simulate(7);
};

export const refuses = (error: unknown): HookproofErrorCode | undefined => {
  if (!(error instanceof HookproofError)) return undefined;
  same<typeof error.remedy, string>(true);
  // @ts-expect-error no such code
  if (error.code === 'whatever') return undefined;
  return error.code;
};

export const options: VerifyOptions = {
  key: 'k',
  probe: { url: 'http://localhost:3000/records?id={eventId}' },
  only: ['verification/*'],
};

// @ts-expect-error the probe is a URL, a command or a function
export const wrongProbe: VerifyOptions = { key: 'k', probe: { sql: 'select 1' } };

export const names: readonly string[] = pairs.map(({ name }) => name);
export const made = { createEvent, delivery, event };
