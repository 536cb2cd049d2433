import { syntheticClientId } from './identifiers.js';
import { defineProduct } from './product.js';
import { country, dateTime, identifier, text } from './shapes.js';

const kinds = ['device_shared_by_accounts', 'document_reused', 'phone_number_recently_ported'];

/**
 * Signals: a warning that something about a person looks risky. No document shows such an event:
 * every field, the prefix of its id and the event type are INF. It has no status.
 */
export const signals = defineProduct({
  title: 'Signals',
  slug: 'signals',
  eventType: 'signal',
  eventTypeSource: 'INF',
  shapeSource: 'INF',
  idPrefix: 'SIG',
  resourceIdField: 'signal_id',
  statusField: null,
  statuses: { detected: [] },
  object: (zod) =>
    zod.strictObject({
      signal_id: identifier(zod, 'SIG'),
      client_id: identifier(zod, 'TCI'),
      account_id: identifier(zod, 'ACC'),
      country: country(zod),
      type: text(zod),
      risk: zod.enum(['low', 'medium', 'high']),
      name: text(zod),
      document_number: text(zod),
      creation_date: dateTime(zod),
    }),
  snapshot: ({ id, accountId, person }, { random, creationDate }) => ({
    signal_id: id,
    client_id: syntheticClientId,
    account_id: accountId,
    country: person.country,
    type: random.pick(kinds),
    risk: random.pick(['low', 'medium', 'high']),
    name: [person.givenName, ...person.familyNames].join(' '),
    document_number: person.document.number,
    creation_date: creationDate,
  }),
});
