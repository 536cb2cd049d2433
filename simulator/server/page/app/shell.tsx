import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Connection } from './live/live.js';
import { ClockCard } from './parts/clock-card.js';
import { ThemeToggle } from './parts/theme-toggle.js';
import { formatCount } from './format/numbers.js';
import { linkTo, type Route, type View, views } from './routes.js';
import { useSession } from './state/session.js';
import { useRoute } from './state/use-route.js';
import { ClockView } from './views/clock.js';
import { DrillView } from './drill/drill-view.js';
import { EmitView } from './views/emit.js';
import { EventView } from './views/event.js';
import { EventsView } from './views/events.js';
import { HookView } from './views/hook.js';
import { HooksView } from './views/hooks.js';
import { MailView } from './views/mail.js';
import { MailsView } from './views/mails.js';

const names: Readonly<Record<View, string>> = {
  hooks: 'Hooks',
  events: 'Events',
  emit: 'Emit',
  mails: 'Outbox',
  clock: 'Clock',
  drill: 'Recovery drill',
};

const connections: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting …',
  live: 'Live',
  lost: 'Not connected, trying again …',
};

const viewOf = ({ view, id, query }: Route): JSX.Element => {
  switch (view) {
    case 'hooks':
      return id === undefined ? <HooksView /> : <HookView key={id} id={id} />;
    case 'events':
      return id === undefined ? <EventsView query={query} /> : <EventView key={id} id={id} />;
    case 'emit':
      return <EmitView query={query} />;
    case 'mails':
      return id === undefined ? <MailsView /> : <MailView key={id} id={id} />;
    case 'clock':
      return <ClockView />;
    case 'drill':
      return <DrillView />;
  }
};

/** Moves the focus to the heading of a view that was gone to; the first one keeps it where it is. */
const useArrival = (route: Route): void => {
  const arrived = useRef(false);
  useEffect(() => {
    document.title = `${names[route.view]} · hookproof`;
    if (arrived.current) {
      scrollTo(0, 0);
      document.querySelector<HTMLElement>('main h1')?.focus();
    }
    arrived.current = true;
  }, [route.view, route.id]);
};

export const Shell = ({ connection }: { readonly connection: Connection }): JSX.Element => {
  const route = useRoute();
  const { totals } = useSession().state;
  const main = useRef<HTMLElement>(null);
  useArrival(route);
  const counts: Partial<Record<View, number>> = {
    hooks: totals.hooks.enabled + totals.hooks.disabled,
    events: totals.events,
    mails: totals.mails.sent + totals.mails.waiting,
  };
  return (
    <div class="shell">
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <header class="side">
        <p class="brand">
          hookproof <span class="quiet">stand-in</span>
        </p>
        <nav aria-label="Views">
          <ul>
            {views.map((view) => (
              <li key={view}>
                <a href={linkTo(view)} aria-current={view === route.view ? 'page' : undefined}>
                  <span>{names[view]}</span>
                  {counts[view] === undefined ? null : (
                    <span class="count">{formatCount(counts[view])}</span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <ClockCard />
        <div class="foot">
          <p class={`connection ${connection}`} role="status">
            {connections[connection]}
          </p>
          <ThemeToggle />
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {viewOf(route)}
      </main>
    </div>
  );
};
