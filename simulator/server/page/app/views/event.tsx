import type { JSX } from 'preact';
import type { Delivery, HookWithFigures } from '../../../stand-in.js';
import type { EventDetails, ReadAttempt } from '../api/answers.js';
import { countOf } from '../format/numbers.js';
import { Empty } from '../parts/empty.js';
import { Facts } from '../parts/facts.js';
import { Json } from '../parts/json.js';
import { PageTitle } from '../parts/page-title.js';
import { ProblemNote } from '../parts/problem.js';
import { DeliveryBadge, EventStatus } from '../parts/statuses.js';
import { Time, Until } from '../parts/time.js';
import { linkTo } from '../routes.js';
import { titleOf, useHooks } from '../state/hooks.js';
import { useSession } from '../state/session.js';
import { useAction } from '../state/use-action.js';
import { useLoaded } from '../state/use-loaded.js';
import { AttemptDetails } from './attempt.js';
import { ResourceCard } from './resource.js';

const DeliverySection = ({
  delivery,
  hook,
  attempts,
}: {
  readonly delivery: Delivery;
  readonly hook: HookWithFigures | undefined;
  readonly attempts: readonly ReadAttempt[];
}): JSX.Element => (
  <section class="card" aria-labelledby={`delivery-${delivery.id}`}>
    <h3 id={`delivery-${delivery.id}`}>
      {delivery.resend ? 'Resent to ' : 'To '}
      <a href={linkTo('hooks', delivery.hookId)}>
        {hook === undefined ? delivery.hookId : titleOf(hook)}
      </a>{' '}
      <DeliveryBadge status={delivery.status} />
    </h3>
    <p class="quiet">
      {countOf(delivery.attempts, 'attempt')}
      {delivery.eventIds.length > 1 ? `, ${delivery.eventIds.length} events in one delivery` : ''}
      {delivery.dueMs === null ? null : (
        <>
          ; the next one is due <Until atMs={delivery.dueMs} />
        </>
      )}
      .
    </p>
    {attempts.length === 0 ? null : (
      <ol class="attempts" aria-label="Attempts">
        {attempts.map((attempt) => (
          <li key={attempt.sequence}>
            <AttemptDetails attempt={attempt} />
          </li>
        ))}
      </ol>
    )}
  </section>
);

const Deliveries = ({ details }: { readonly details: EventDetails }): JSX.Element => {
  const hooks = useHooks().value?.rows ?? [];
  const { deliveries, attempts } = details;
  if (deliveries.length === 0) {
    return (
      <Empty title="No hook was told of it.">
        <p>
          None subscribed, or all were disabled. <a href={linkTo('hooks')}>Look at the hooks</a>,
          then resend.
        </p>
      </Empty>
    );
  }
  return (
    <>
      {deliveries.map((delivery) => (
        <DeliverySection
          key={delivery.id}
          delivery={delivery}
          hook={hooks.find(({ id }) => id === delivery.hookId)}
          attempts={attempts.filter(({ deliveryId }) => deliveryId === delivery.id)}
        />
      ))}
    </>
  );
};

const Loaded = ({ details }: { readonly details: EventDetails }): JSX.Element => {
  const { client, announce } = useSession();
  const { busy, problem, run } = useAction();
  const { event } = details;
  const resend = async (): Promise<void> => {
    await client.ask('POST', `/events/${encodeURIComponent(event.id)}/resend`, {});
    announce('The event is sent again.');
  };
  return (
    <>
      <PageTitle
        aside={
          <button type="button" aria-disabled={busy} onClick={() => void run(resend)}>
            Resend
          </button>
        }
      >
        {event.name} <EventStatus event={event} />
      </PageTitle>
      <ProblemNote problem={problem} />
      <section aria-labelledby="deliveries">
        <h2 id="deliveries">Deliveries</h2>
        <Deliveries details={details} />
      </section>
      <div class="columns">
        <section class="card" aria-labelledby="facts">
          <h2 id="facts">Event</h2>
          <Facts
            rows={[
              ['Id', <code>{event.id}</code>],
              ['Idempotency key', <code>{event.idempotencyKey}</code>],
              ['Event type', <code>{event.eventType}</code>],
              ['Action', <code>{event.eventAction}</code>],
              ['Happened', <Time atMs={event.createdMs} />],
              ['Timestamp sent', <code>{event.timestamp}</code>],
              ['Resource', <code>{event.resourceId}</code>],
            ]}
          />
          <ResourceCard id={event.resourceId} />
        </section>
        <section class="card" aria-labelledby="object">
          <h2 id="object">Object</h2>
          <Json label="The event’s object" value={event.object} />
        </section>
      </div>
    </>
  );
};

/** One event: its deliveries, and each attempt of them. */
export const EventView = ({ id }: { readonly id: string }): JSX.Element => {
  const { client, live } = useSession();
  const { value, problem } = useLoaded(live, id, ['events', 'attempts', 'clock'], (signal) =>
    client.ask<EventDetails>('GET', `/events/${encodeURIComponent(id)}`, undefined, signal),
  );
  return (
    <>
      <p class="crumb">
        <a href={linkTo('events')}>Events</a>
      </p>
      {value === undefined ? <PageTitle>Event</PageTitle> : <Loaded details={value} />}
      <ProblemNote problem={problem} />
    </>
  );
};
