import type { JSX } from 'preact';
import type { Emitted } from '../../../stand-in.js';
import { countOf } from '../format/numbers.js';
import { Time } from '../parts/time.js';
import { linkTo } from '../routes.js';

const SHOWN = 10;

export const summaryOf = ({ events, deliveries, scheduled }: Emitted): string =>
  [
    ...(events.length > 0 || scheduled.length === 0
      ? [`${countOf(events.length, 'event')} emitted`]
      : []),
    ...(events.length > 0 ? [countOf(deliveries.length, 'delivery', 'deliveries')] : []),
    ...(scheduled.length > 0 ? [`${countOf(scheduled.length, 'event')} to come`] : []),
  ].join(', ');

/** What an order has led to. */
export const EmittedCard = ({ emitted }: { readonly emitted: Emitted }): JSX.Element => {
  const { events, deliveries, scheduled } = emitted;
  return (
    <section class="card" aria-labelledby="emitted">
      <h2 id="emitted">{summaryOf(emitted)}</h2>
      {events.length > 0 && deliveries.length === 0 ? (
        <p class="note warn">
          No hook was told of it: none that is enabled subscribes.{' '}
          <a href={linkTo('hooks')}>Look at the hooks.</a>
        </p>
      ) : null}
      <ul class="plain-list">
        {events.slice(0, SHOWN).map((event) => (
          <li key={event.id}>
            <a href={linkTo('events', event.id)}>
              {event.name} <code>{event.id.slice(0, 15)}…</code>
            </a>
          </li>
        ))}
        {scheduled.slice(0, SHOWN).map(({ name, atMs }, index) => (
          <li key={`${name} ${index}`}>
            {name} at <Time atMs={atMs} />
          </li>
        ))}
      </ul>
      {events.length + scheduled.length > SHOWN ? (
        <p>
          <a href={linkTo('events')}>See them all</a>
        </p>
      ) : null}
    </section>
  );
};
