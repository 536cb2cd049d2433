import type { JSX } from 'preact';
import { Badge } from '../parts/badge.js';
import { linkTo } from '../routes.js';
import { countOf } from '../format/numbers.js';
import { compare, type Drill, type Polled } from './drill.js';

/** What the poll told, without a judgement yet. */
export const PolledList = ({ polled }: { readonly polled: readonly Polled[] }): JSX.Element => (
  <p>
    The poll told of {countOf(polled.length, 'event')} since the drill began, whatever became of
    their deliveries.
  </p>
);

/** Each polled event against what the receiver took, by its idempotency key. */
export const ComparedTable = ({ drill }: { readonly drill: Drill }): JSX.Element => {
  const rows = compare(drill.polled ?? [], drill.received ?? []);
  const lost = rows.filter(({ has }) => !has);
  return (
    <>
      <p>
        <strong>
          {countOf(lost.length, 'event')} to process now, {rows.length - lost.length} to discard.
        </strong>
      </p>
      <table class="stacks">
        <caption class="unseen">Polled events by idempotency key</caption>
        <thead>
          <tr>
            <th scope="col">Idempotency key</th>
            <th scope="col">Event</th>
            <th scope="col">The receiver</th>
            <th scope="col">What to do</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, idempotencyKey, name, has }) => (
            <tr key={id}>
              <td data-name="Idempotency key">
                <code title={idempotencyKey}>{idempotencyKey.slice(0, 15)}…</code>
              </td>
              <td data-name="Event">
                <a href={linkTo('events', id)}>
                  {name} <code>{id.slice(0, 11)}…</code>
                </a>
              </td>
              <td data-name="The receiver">
                <Badge tone={has ? 'good' : 'bad'}>{has ? 'has it' : 'never got it'}</Badge>
              </td>
              <td data-name="What to do">{has ? 'Discard: the key is known' : 'Process it now'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};
