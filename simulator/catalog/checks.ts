import { syntheticClientId } from './identifiers.js';
import { defineProduct, type Product } from './product.js';
import { country, dateTime, identifier, phoneNumber, share, statusAt, text } from './shapes.js';

const dataSets = ['criminal_record', 'legal_background', 'personal_identity', 'traffic_fines'];

const statuses: Product['statuses'] = {
  created: ['not_started'],
  started: ['in_progress'],
  finished: ['completed', 'error'],
  delayed: ['delayed'],
};

/**
 * Background checks. A check waits in a queue, runs, may wait again for up to three days
 * (`delayed`), and ends `completed` or in `error`. The fields are REF; that a `finished` event can
 * carry `error` is INF. `score` is −1 until the end, then from 0 to 1; `scores` has one row a data
 * set.
 */
export const checks = defineProduct({
  title: 'Checks',
  slug: 'checks',
  eventType: 'check',
  eventTypeSource: 'DOC',
  shapeSource: 'REF',
  idPrefix: 'CHK',
  resourceIdField: 'check_id',
  statusField: 'status',
  statuses,
  object: (zod, action) => {
    const isFinished = action === 'finished';
    return zod.strictObject({
      check_id: identifier(zod, 'CHK'),
      client_id: identifier(zod, 'TCI'),
      country: country(zod),
      type: zod.enum(['person', 'company', 'vehicle']),
      status: statusAt(zod, statuses, action),
      score: isFinished ? share(zod) : zod.literal(-1),
      ...(isFinished && {
        scores: zod.array(zod.strictObject({ data_set: text(zod), score: share(zod) })),
      }),
      national_id: text(zod),
      first_name: text(zod),
      last_name: text(zod),
      phone_number: phoneNumber(zod),
      creation_date: dateTime(zod),
      ...(action !== 'created' && { update_date: dateTime(zod) }),
    });
  },
  snapshot: ({ id, person }, { action, status, random, creationDate, updateDate }) => {
    const scores = dataSets.map((dataSet) => ({
      data_set: dataSet,
      score: random.fork(dataSet).integer(20, 100) / 100,
    }));
    const worst = Math.min(...scores.map(({ score }) => score));
    return {
      check_id: id,
      client_id: syntheticClientId,
      country: person.country,
      type: 'person',
      status,
      ...(action === 'finished' ? { score: worst, scores } : { score: -1 }),
      national_id: person.document.number,
      first_name: person.givenName,
      last_name: person.familyNames.join(' '),
      phone_number: person.phoneNumber,
      creation_date: creationDate,
      ...(action !== 'created' && { update_date: updateDate }),
    };
  },
});
