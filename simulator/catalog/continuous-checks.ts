import { createIdentifier, syntheticClientId } from './identifiers.js';
import { defineProduct } from './product.js';
import { country, dateTime, identifier, share, text } from './shapes.js';

/**
 * Continuous checks: a check repeated on a schedule, with an event when a score changes. The
 * fields are those of a changelog entry in the 2020 OpenAPI document (REF); that the event carries
 * such an entry, and what one of its `changes` looks like, is INF. An entry has no status.
 */
export const continuousChecks = defineProduct({
  title: 'Continuous Checks',
  slug: 'continuous_checks',
  eventType: 'continuous_check',
  eventTypeSource: 'REF',
  shapeSource: 'INF',
  idPrefix: 'CCK',
  resourceIdField: 'continuous_check_id',
  statusField: null,
  statuses: { changed: [] },
  object: (zod) =>
    zod.strictObject({
      continuous_check_id: identifier(zod, 'CCK'),
      check_id: identifier(zod, 'CHK'),
      previous_check_id: identifier(zod, 'CHK'),
      client_id: identifier(zod, 'TCI'),
      country: country(zod),
      changes: zod
        .array(
          zod.strictObject({ data_set: text(zod), old_score: share(zod), new_score: share(zod) }),
        )
        .min(1),
      creation_date: dateTime(zod),
      update_date: dateTime(zod),
    }),
  snapshot: ({ id, person }, { random, creationDate, updateDate }) => ({
    continuous_check_id: id,
    check_id: createIdentifier('CHK', random.fork('check')),
    previous_check_id: createIdentifier('CHK', random.fork('previous check')),
    client_id: syntheticClientId,
    country: person.country,
    changes: [
      {
        data_set: random.pick(['criminal_record', 'legal_background', 'traffic_fines']),
        old_score: 1,
        new_score: random.integer(20, 90) / 100,
      },
    ],
    creation_date: creationDate,
    update_date: updateDate,
  }),
});
