import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { HookWithFigures } from '../../../stand-in.js';
import { countOf } from '../format/numbers.js';
import { formatDuration } from '../format/duration.js';
import { Confirm } from '../parts/confirm.js';
import { Facts } from '../parts/facts.js';
import { WindowGauge } from '../parts/gauge.js';
import { PageTitle } from '../parts/page-title.js';
import { ProblemNote } from '../parts/problem.js';
import { HookStatus } from '../parts/statuses.js';
import { Time, Until } from '../parts/time.js';
import { linkTo } from '../routes.js';
import { describeSubscription, removeHook, setEnabled, titleOf, useHook } from '../state/hooks.js';
import { useSession } from '../state/session.js';
import { useAction } from '../state/use-action.js';
import { FaultForm } from './fault-form.js';
import { HookFormDialog } from './hook-form.js';
import { Ledger } from './ledger.js';
import { SigningKey } from './signing-key.js';

const languages = { en: 'English', es: 'Spanish', pt: 'Portuguese' } as const;

const HookFacts = ({ hook }: { readonly hook: HookWithFigures }): JSX.Element => (
  <Facts
    rows={[
      ['Id', <code>{hook.id}</code>],
      ['Subscriber', hook.subscriberUrl ?? hook.subscriberAddress ?? '–'],
      ['Told of', describeSubscription(hook)],
      ['Creator', hook.creatorAddress === '' ? 'nobody' : hook.creatorAddress],
      ['Owner', hook.ownerAddress === '' ? 'nobody' : hook.ownerAddress],
      ['Language', languages[hook.subscriberLanguage]],
      ['In the air', hook.concurrency === null ? 'no bound' : `at most ${hook.concurrency}`],
      ['Order', hook.ordered ? 'one event after the other' : 'as they come'],
      ['Created', <Time atMs={hook.createdMs} />],
      ...(hook.disabledMs === null ? [] : [['Disabled', <Time atMs={hook.disabledMs} />] as const]),
      ['Signing key', <SigningKey id={hook.id} />],
    ]}
  />
);

const Window = ({ hook }: { readonly hook: HookWithFigures }): JSX.Element => {
  const { policy } = useSession().state;
  const { waiting, nextDueMs } = hook.window;
  const { numerator, denominator } = policy.threshold;
  return (
    <section class="card" aria-labelledby="window">
      <h2 id="window">Failures in the last {formatDuration(policy.windowMs)}</h2>
      <WindowGauge hook={hook} large />
      <p class="quiet">
        More than {(numerator / denominator) * 100}% disables it, once there are{' '}
        {countOf(policy.attemptsMin, 'attempt')} in the window.
      </p>
      <p>
        {waiting === 0
          ? 'No delivery waits.'
          : `${countOf(waiting, 'delivery waits', 'deliveries wait')}.`}
        {nextDueMs === null ? null : (
          <>
            {' '}
            The next attempt is due <Until atMs={nextDueMs} />.
          </>
        )}
      </p>
    </section>
  );
};

const Loaded = ({ hook }: { readonly hook: HookWithFigures }): JSX.Element => {
  const session = useSession();
  const status = useAction();
  const removal = useAction();
  const [open, setOpen] = useState<'edit' | 'delete'>();
  const enabled = hook.status === 'enabled';
  const close = (): void => setOpen(undefined);
  return (
    <>
      <PageTitle
        aside={
          <>
            <button
              type="button"
              class={enabled ? undefined : 'primary'}
              onClick={() => void status.run(() => setEnabled(session, hook, !enabled))}
            >
              {enabled ? 'Disable' : 'Re-enable'}
            </button>
            <button type="button" onClick={() => setOpen('edit')}>
              Edit
            </button>
            <button type="button" onClick={() => setOpen('delete')}>
              Delete
            </button>
          </>
        }
      >
        {titleOf(hook)} <HookStatus hook={hook} />
      </PageTitle>
      <ProblemNote problem={status.problem} />
      <div class="columns">
        <div>
          <Window hook={hook} />
          {hook.subscriberType === 'web' ? (
            <section class="card" aria-labelledby="fault">
              <h2 id="fault">Fault</h2>
              <FaultForm hook={hook} />
            </section>
          ) : null}
        </div>
        <section class="card" aria-labelledby="facts">
          <h2 id="facts">Details</h2>
          <HookFacts hook={hook} />
        </section>
      </div>
      <section aria-labelledby="ledger">
        <h2 id="ledger">What happened</h2>
        <Ledger hook={hook} />
      </section>
      {open === 'edit' ? <HookFormDialog hook={hook} onClose={close} /> : null}
      {open === 'delete' ? (
        <Confirm
          title="Delete the hook?"
          verb="Delete"
          action={removal}
          onClose={close}
          onConfirm={() =>
            void removal.run(async () => {
              await removeHook(session, hook);
              location.hash = linkTo('hooks');
            })
          }
        >
          <p>
            {titleOf(hook)} gets nothing more; what waits for it is not delivered. To stop for a
            while, disable it.
          </p>
        </Confirm>
      ) : null}
    </>
  );
};

/** One hook: its window, its fault, its key and its ledger. */
export const HookView = ({ id }: { readonly id: string }): JSX.Element => {
  const { value, problem } = useHook(id);
  return (
    <>
      <p class="crumb">
        <a href={linkTo('hooks')}>Hooks</a>
      </p>
      {value === undefined ? <PageTitle>Hook</PageTitle> : <Loaded hook={value} />}
      <ProblemNote problem={problem} />
    </>
  );
};
