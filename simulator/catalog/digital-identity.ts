import { failureFields, failureShape, type Failures } from './failures.js';
import { syntheticClientId } from './identifiers.js';
import { defineProduct, type Product } from './product.js';
import { country, dateTime, identifier, statusAt } from './shapes.js';

const statuses: Product['statuses'] = {
  expired: ['failure'],
  created: ['pending'],
  succeeded: ['success'],
  failed: ['failure'],
};

const failures: Failures = {
  expired: {
    failureStatus: 'expired',
    declinedReasons: ['validation_expired', 'validation_not_finished'],
  },
  failed: {
    failureStatus: 'declined',
    declinedReasons: [
      'document_has_expired',
      'risk_signal_detected',
      'similarity_threshold_not_passed',
    ],
  },
};

/**
 * Identity processes: one person going through one flow of validations. The action says `succeeded`
 * or `failed`, the status `success` or `failure`; a process that runs out of time is a failure whose
 * `failure_status` is `expired`. Fields and reasons are REF; the pairing of `expired` with them is
 * INF.
 */
export const digitalIdentity = defineProduct({
  title: 'Digital Identity',
  slug: 'digital_identity',
  eventType: 'identity_process',
  eventTypeSource: 'OBS',
  shapeSource: 'REF',
  idPrefix: 'IDP',
  resourceIdField: 'process_id',
  statusField: 'status',
  statuses,
  object: (zod, action) =>
    zod.strictObject({
      process_id: identifier(zod, 'IDP'),
      account_id: identifier(zod, 'ACC'),
      client_id: identifier(zod, 'TCI'),
      flow_id: identifier(zod, 'IPF'),
      created_via: zod.enum(['web', 'whatsapp']),
      flow_version: zod.int().positive(),
      country: country(zod),
      status: statusAt(zod, statuses, action),
      ...failureShape(zod, failures, action),
      creation_date: dateTime(zod),
      ...(action !== 'created' && { update_date: dateTime(zod) }),
    }),
  snapshot: ({ id, accountId, flowId, person }, moment) => ({
    process_id: id,
    account_id: accountId,
    client_id: syntheticClientId,
    flow_id: flowId,
    created_via: 'web',
    flow_version: moment.random.fork('flow version').integer(1, 9),
    country: person.country,
    status: moment.status,
    ...failureFields(failures, moment),
    creation_date: moment.creationDate,
    ...(moment.action !== 'created' && { update_date: moment.updateDate }),
  }),
});
