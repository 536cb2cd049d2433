/** What the rule that disables a hook makes of a run: played, not guessed. */
import { scenario, simulate } from '../../simulator/index.js';
import type { DeliveryPolicy, LoadFigures } from '../../simulator/index.js';
import type { WindowVerdict } from './record.js';

/** Four windows show whatever retries add; more traffic would not change when, only how exactly. */
const WINDOWS_AHEAD = 4;
const PER_SECOND_MAX = 10;

export const judgeWindow = async (
  { failed, requests, perSecond, tripped }: LoadFigures,
  { policy, seed }: { readonly policy: DeliveryPolicy; readonly seed: number },
): Promise<WindowVerdict> => {
  const verdict = { failed, total: requests, inRun: tripped, forecast: null };
  if (failed === 0) return verdict;
  const playedPerSecond = Math.min(PER_SECOND_MAX, Math.max(perSecond, 1 / 60));
  const lookedAheadMs = WINDOWS_AHEAD * policy.windowMs;
  const rate = `${Math.max(1, Math.round(playedPerSecond * 60))}/min`;
  const played = await simulate(
    scenario('load')
      .policy(policy)
      .seed(seed)
      .constant(rate, { from: -policy.windowMs, until: lookedAheadMs, events: 'checks.finished' })
      .failing(`${failed}/${requests}`, { of: 'attempts', from: 0 }),
  );
  const disabledAfterMs = played.hooks[0]?.disabled[0]?.atMs ?? null;
  return { ...verdict, forecast: { disabledAfterMs, lookedAheadMs, playedPerSecond } };
};
