import { failureFields, failureShape, type Failures } from './failures.js';
import { syntheticClientId } from './identifiers.js';
import { defineProduct, type Product } from './product.js';
import { country, dateTime, identifier, phoneNumber, statusAt, text } from './shapes.js';

interface Conversation extends Pick<
  Product,
  'title' | 'slug' | 'eventType' | 'idPrefix' | 'resourceIdField' | 'statuses'
> {
  readonly failures?: Failures;
}

/**
 * What the four WhatsApp products have in common. No document shows their events: fields and event
 * types are INF throughout. `profile_name` is what the person calls themselves, emoji included.
 */
export const defineConversation = ({ failures = {}, ...product }: Conversation): Product =>
  defineProduct({
    ...product,
    eventTypeSource: 'INF',
    shapeSource: 'INF',
    statusField: 'status',
    object: (zod, action) =>
      zod.strictObject({
        [product.resourceIdField]: identifier(zod, product.idPrefix),
        client_id: identifier(zod, 'TCI'),
        flow_id: identifier(zod, 'IPF'),
        country: country(zod),
        phone_number: phoneNumber(zod),
        profile_name: text(zod),
        status: statusAt(zod, product.statuses, action),
        ...failureShape(zod, failures, action),
        creation_date: dateTime(zod),
        ...(action !== 'started' && { update_date: dateTime(zod) }),
      }),
    snapshot: ({ id, flowId, person }, moment) => ({
      [product.resourceIdField]: id,
      client_id: syntheticClientId,
      flow_id: flowId,
      country: person.country,
      phone_number: person.phoneNumber,
      profile_name: person.alias,
      status: moment.status,
      ...failureFields(failures, moment),
      creation_date: moment.creationDate,
      ...(moment.action !== 'started' && { update_date: moment.updateDate }),
    }),
  });
