import type { z } from 'zod';
import { failureFields, failureShape, type Failures } from './failures.js';
import { defineProduct, type Moment, type Product, type Resource, type Zod } from './product.js';
import { dateTime, identifier, statusAt } from './shapes.js';

interface Validation extends Pick<
  Product,
  'title' | 'slug' | 'eventType' | 'eventTypeSource' | 'shapeSource'
> {
  /** The word in the object's `type`, with hyphens where the event type has underscores (REF). */
  readonly type: string;
  readonly declinedReasons: readonly string[];
  /** What `details` holds once the validation has succeeded. */
  readonly details: (zod: Zod) => z.ZodType;
  readonly detailsOf: (resource: Resource, moment: Moment) => Readonly<Record<string, unknown>>;
}

const statuses: Product['statuses'] = {
  created: ['pending'],
  succeeded: ['success'],
  failed: ['failure'],
};

/**
 * What the eight validators have in common (REF): the status field is `validation_status`, an
 * `identity_process_id` is there only when the validation is a step of a process, a failure gives
 * its reason, a success its `details`.
 */
export const defineValidation = (validation: Validation): Product => {
  const { type, declinedReasons, details, detailsOf, ...product } = validation;
  const failures: Failures = { failed: { failureStatus: 'declined', declinedReasons } };
  return defineProduct({
    ...product,
    idPrefix: 'VLD',
    resourceIdField: 'validation_id',
    statusField: 'validation_status',
    statuses,
    object: (zod, action) =>
      zod.strictObject({
        validation_id: identifier(zod, 'VLD'),
        account_id: identifier(zod, 'ACC'),
        identity_process_id: identifier(zod, 'IDP').optional(),
        type: zod.literal(type),
        validation_status: statusAt(zod, statuses, action),
        ...failureShape(zod, failures, action),
        ip_address: zod.ipv4(),
        creation_date: dateTime(zod),
        ...(action !== 'created' && { update_date: dateTime(zod) }),
        ...(action === 'succeeded' && { details: details(zod) }),
      }),
    snapshot: (resource, moment) => ({
      validation_id: resource.id,
      account_id: resource.accountId,
      ...(resource.identityProcessId !== null && {
        identity_process_id: resource.identityProcessId,
      }),
      type,
      validation_status: moment.status,
      ...failureFields(failures, moment),
      // A network reserved for documentation (RFC 5737).
      ip_address: `203.0.113.${moment.random.fork('ip address').integer(1, 254)}`,
      creation_date: moment.creationDate,
      ...(moment.action !== 'created' && { update_date: moment.updateDate }),
      ...(moment.action === 'succeeded' && { details: detailsOf(resource, moment) }),
    }),
  });
};
