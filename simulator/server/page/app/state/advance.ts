import { countOf } from '../format/numbers.js';
import { formatDuration } from '../format/duration.js';
import type { Session } from './session.js';

export type AdvanceOrder = { readonly by: string } | { readonly to: 'next' };

interface Advanced {
  readonly nowMs: number;
  readonly attempts: number;
}

/** Lets time pass, and says what it brought. */
export const advance = async (
  { client, state, announce }: Session,
  order: AdvanceOrder,
): Promise<Advanced> => {
  const advanced = await client.ask<Advanced>('POST', '/clock/advance', order);
  const passed = formatDuration(advanced.nowMs - state.clock.nowMs);
  announce(`${passed} later: ${countOf(advanced.attempts, 'attempt')} made.`);
  return advanced;
};
