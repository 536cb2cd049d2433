import type { JSX } from 'preact';
import type { HookWithFigures } from '../../../stand-in.js';
import { describeHeadroom, describeWindow, gaugeOf } from '../format/window.js';
import { useSession } from '../state/session.js';

/** The share of failures in a hook's window, against the line that must not be passed. */
export const WindowGauge = ({
  hook,
  large = false,
}: {
  readonly hook: HookWithFigures;
  readonly large?: boolean;
}): JSX.Element => {
  const { policy } = useSession().state;
  if (hook.subscriberType === 'email') return <p class="quiet">{describeHeadroom(hook)}</p>;
  const { filled, line, level } = gaugeOf(hook.window, policy);
  const words = describeWindow(hook.window);
  return (
    <div class={`gauge ${level}${large ? ' large' : ''}`}>
      <svg
        viewBox="0 0 100 10"
        preserveAspectRatio="none"
        role="meter"
        aria-label="Share of failed attempts in the window"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={filled}
        aria-valuetext={`${words}; the line is at ${line}%`}
      >
        <rect class="track" width="100" height="10" />
        <rect class="fill" width={filled} height="10" />
        <line class="line" x1={line} x2={line} y1="0" y2="10" />
      </svg>
      <p class="figures">{words}</p>
      <p class="quiet">{describeHeadroom(hook)}</p>
    </div>
  );
};
