import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Page, StoredEvent } from '../../../stand-in.js';
import { queryOf } from '../api/query.js';
import { formatCount } from '../format/numbers.js';
import { Empty } from '../parts/empty.js';
import { SelectField, TextField } from '../parts/field.js';
import { PageTitle } from '../parts/page-title.js';
import { Pager } from '../parts/pager.js';
import { ProblemNote } from '../parts/problem.js';
import { EventStatus } from '../parts/statuses.js';
import { Time } from '../parts/time.js';
import { linkTo, type Route } from '../routes.js';
import { firstPage, startKeyOf } from '../state/pages.js';
import { eventTypesOf, usePairs } from '../state/pairs.js';
import { useSession } from '../state/session.js';
import { useLoaded } from '../state/use-loaded.js';
import { replaceRoute } from '../state/use-route.js';

const LIMIT = 50;
const TYPING_MS = 250;

const Row = ({ event }: { readonly event: StoredEvent }): JSX.Element => (
  <tr>
    <th scope="row" data-name="Event">
      <a href={linkTo('events', event.id)}>{event.name}</a>{' '}
      <code class="quiet" title={event.id}>
        {event.id.slice(0, 11)}…
      </code>
    </th>
    <td data-name="When" class="number">
      <Time atMs={event.createdMs} />
    </td>
    <td data-name="Resource">
      <code>{event.resourceId}</code>
    </td>
    <td data-name="Delivery">
      <EventStatus event={event} />
    </td>
    <td data-name="Attempts" class="number end">
      {event.deliveryAttempts}
    </td>
  </tr>
);

interface Filter {
  readonly search: string;
  readonly status: string;
  readonly eventType: string;
}

const FilterForm = ({
  filter,
  onFilter,
}: {
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}): JSX.Element => {
  const [search, setSearch] = useState(filter.search);
  const types = eventTypesOf(usePairs());
  useEffect(() => {
    if (search === filter.search) return undefined;
    const timer = setTimeout(() => onFilter({ ...filter, search }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [search]);
  return (
    <search>
      <form class="row filter" onSubmit={(event) => event.preventDefault()}>
        <TextField
          label="Search"
          type="search"
          placeholder="Part of an id, a resource or a name"
          value={search}
          onValue={setSearch}
        />
        <SelectField
          label="Delivery"
          value={filter.status}
          options={[
            ['', 'any'],
            ['success', 'success'],
            ['failure', 'failure'],
            ['pending', 'pending'],
          ]}
          onValue={(status) => onFilter({ ...filter, search, status })}
        />
        <SelectField
          label="Event type"
          value={filter.eventType}
          options={[['', 'any'], ...types.map(({ eventType }) => [eventType, eventType] as const)]}
          onValue={(eventType) => onFilter({ ...filter, search, eventType })}
        />
      </form>
    </search>
  );
};

/** The events, newest first; the server pages and searches. */
export const EventsView = ({ query }: Pick<Route, 'query'>): JSX.Element => {
  const { client, live, state } = useSession();
  const filter: Filter = {
    search: query['search'] ?? '',
    status: query['status'] ?? '',
    eventType: query['eventType'] ?? '',
  };
  const [pages, setPages] = useState(firstPage);
  const path = `/events${queryOf({ ...filter, limit: LIMIT, startKey: startKeyOf(pages) })}`;
  const { value, problem } = useLoaded(live, path, ['events', 'attempts'], (signal) =>
    client.ask<Page<StoredEvent>>('GET', path, undefined, signal),
  );
  const filtered = Object.values(filter).some((text) => text !== '');
  return (
    <>
      <PageTitle
        aside={
          <a class="button primary" href={linkTo('emit')}>
            Emit
          </a>
        }
      >
        Events
      </PageTitle>
      <FilterForm
        filter={filter}
        onFilter={(next) => {
          setPages(firstPage);
          replaceRoute(linkTo('events', undefined, { ...next }));
        }}
      />
      <ProblemNote problem={problem} />
      {value === undefined || value.rows.length > 0 ? null : (
        <Empty title={filtered ? 'No event fits.' : 'No event yet.'}>
          {filtered ? (
            <p>Look for less, or for any delivery and type.</p>
          ) : (
            <p>
              <a href={linkTo('emit')}>Emit one</a>: it is signed and delivered to the hooks that
              subscribe to it.
            </p>
          )}
        </Empty>
      )}
      {value === undefined || value.rows.length === 0 ? null : (
        <table class="stacks">
          <caption class="unseen">Events, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Event</th>
              <th scope="col">When</th>
              <th scope="col">Resource</th>
              <th scope="col">Delivery</th>
              <th scope="col" class="end">
                Attempts
              </th>
            </tr>
          </thead>
          <tbody>
            {value.rows.map((event) => (
              <Row key={event.id} event={event} />
            ))}
          </tbody>
        </table>
      )}
      <div class="under">
        <p class="quiet number">{formatCount(state.totals.events)} in all</p>
        <Pager pages={pages} next={value?.next ?? null} onPages={setPages} />
      </div>
    </>
  );
};
