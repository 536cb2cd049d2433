import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { HookWithFigures } from '../../../stand-in.js';
import { Empty } from '../parts/empty.js';
import { WindowGauge } from '../parts/gauge.js';
import { PageTitle } from '../parts/page-title.js';
import { ProblemNote } from '../parts/problem.js';
import { HookStatus } from '../parts/statuses.js';
import { Until } from '../parts/time.js';
import { describeFault } from '../format/outcome.js';
import { countOf } from '../format/numbers.js';
import { linkTo } from '../routes.js';
import { describeSubscription, setEnabled, titleOf, useHooks } from '../state/hooks.js';
import { useSession } from '../state/session.js';
import { useAction } from '../state/use-action.js';
import { HookFormDialog } from './hook-form.js';

const Waiting = ({ hook }: { readonly hook: HookWithFigures }): JSX.Element => {
  const { waiting, nextDueMs } = hook.window;
  if (waiting === 0) return <span class="quiet">none</span>;
  return (
    <>
      {countOf(waiting, 'delivery', 'deliveries')}
      {nextDueMs === null ? null : (
        <p class="quiet">
          next <Until atMs={nextDueMs} />
        </p>
      )}
    </>
  );
};

const Row = ({ hook }: { readonly hook: HookWithFigures }): JSX.Element => {
  const session = useSession();
  const { problem, run } = useAction();
  const enabled = hook.status === 'enabled';
  return (
    <tr>
      <th scope="row" data-name="Hook">
        <a href={linkTo('hooks', hook.id)}>{titleOf(hook)}</a>
        {hook.subscriberName === '' ? null : (
          <p class="quiet">{hook.subscriberUrl ?? hook.subscriberAddress}</p>
        )}
      </th>
      <td data-name="Told of">{describeSubscription(hook)}</td>
      <td data-name="Status">
        <HookStatus hook={hook} />
        {hook.fault === null ? null : <p class="warn-text">{describeFault(hook.fault)}</p>}
      </td>
      <td data-name="Window" class="wide">
        <WindowGauge hook={hook} />
      </td>
      <td data-name="Waiting">
        <Waiting hook={hook} />
      </td>
      <td class="end">
        <button
          type="button"
          class="small"
          onClick={() => void run(() => setEnabled(session, hook, !enabled))}
        >
          {enabled ? 'Disable' : 'Re-enable'}
          <span class="unseen"> {titleOf(hook)}</span>
        </button>
        <ProblemNote problem={problem} />
      </td>
    </tr>
  );
};

/** All hooks, each with its window against the rule. */
export const HooksView = (): JSX.Element => {
  const { value, problem } = useHooks();
  const [creating, setCreating] = useState(false);
  return (
    <>
      <PageTitle
        aside={
          <button type="button" class="primary" onClick={() => setCreating(true)}>
            New hook
          </button>
        }
      >
        Hooks
      </PageTitle>
      <ProblemNote problem={problem} />
      {value?.rows.length === 0 ? (
        <Empty title="No hook yet.">
          <p>
            Create one for your receiver’s address; then <a href={linkTo('emit')}>emit an event</a>{' '}
            and see it arrive.
          </p>
        </Empty>
      ) : null}
      {value === undefined || value.rows.length === 0 ? null : (
        <table class="stacks">
          <caption class="unseen">Hooks, the oldest first</caption>
          <thead>
            <tr>
              <th scope="col">Hook</th>
              <th scope="col">Told of</th>
              <th scope="col">Status</th>
              <th scope="col">Failures in the window</th>
              <th scope="col">Waiting</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {value.rows.map((hook) => (
              <Row key={hook.id} hook={hook} />
            ))}
          </tbody>
        </table>
      )}
      {value === undefined || value.next === null ? null : (
        <p class="quiet">The first 100 hooks are shown.</p>
      )}
      {creating ? <HookFormDialog hook={undefined} onClose={() => setCreating(false)} /> : null}
    </>
  );
};
