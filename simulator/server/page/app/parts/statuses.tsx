/** How hooks, events, deliveries and attempts stand. */
import type { JSX } from 'preact';
import type { DeliveryStatus, Hook, StoredAttempt, StoredEvent } from '../../../stand-in.js';
import { describeOutcome } from '../format/outcome.js';
import { Badge, type Tone } from './badge.js';

const reasons = {
  rule: 'disabled by the rule',
  account: 'disabled with its account',
  request: 'disabled by hand',
} as const;

export const HookStatus = ({ hook }: { readonly hook: Hook }): JSX.Element =>
  hook.status === 'enabled' ? (
    <Badge tone="good">enabled</Badge>
  ) : (
    <Badge tone={hook.disabledReason === 'request' ? 'quiet' : 'bad'}>
      {hook.disabledReason === null ? 'disabled' : reasons[hook.disabledReason]}
    </Badge>
  );

const eventTones = { success: 'good', failure: 'bad', pending: 'warn' } as const;

export const EventStatus = ({ event }: { readonly event: StoredEvent }): JSX.Element => (
  <Badge tone={eventTones[event.deliveryStatus]}>{event.deliveryStatus}</Badge>
);

const deliveryTones: Readonly<Record<DeliveryStatus, Tone>> = {
  waiting: 'warn',
  held: 'warn',
  delivered: 'good',
  exhausted: 'bad',
  dropped: 'bad',
};

export const DeliveryBadge = ({ status }: { readonly status: DeliveryStatus }): JSX.Element => (
  <Badge tone={deliveryTones[status]}>{status}</Badge>
);

export const AttemptOutcome = ({ attempt }: { readonly attempt: StoredAttempt }): JSX.Element => (
  <Badge tone={attempt.failed ? 'bad' : 'good'}>{describeOutcome(attempt.outcome)}</Badge>
);
