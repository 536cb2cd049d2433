import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createEvent, createResource, findPair, pairs } from '../../simulator/catalog/index.js';
import { claimsSchema, eventSchema, objectSchema } from '../../simulator/catalog/schemas.js';
import { createRandom } from '../../simulator/core/random.js';

const instantMs = Date.UTC(2026, 0, 2, 3, 4, 5);

const eventOf = (name: string, seed: number | string = 1) => {
  const pair = findPair(name);
  const random = createRandom(seed);
  return createEvent(
    pair,
    createResource(pair.product, random, instantMs),
    random,
    instantMs + 60_000,
  );
};

const accepts = (name: string, changes: Readonly<Record<string, unknown>>): boolean => {
  const { product, action } = findPair(name);
  const object = { ...eventOf(name).object, ...changes };
  return objectSchema(product, action).safeParse(object).success;
};

describe('the schemas', () => {
  test.each(pairs)('accept $name as generated from 200 seeds', ({ name }) => {
    for (let seed = 0; seed < 200; seed++) {
      expect(eventSchema.safeParse(eventOf(name, seed)).error?.issues).toBeUndefined();
    }
  });

  test.each(pairs)('refuse an unknown field in the object of $name', ({ name }) => {
    expect(accepts(name, {})).toBe(true);
    expect(accepts(name, { surprise: 1 })).toBe(false);
  });

  test('refuse an unknown field in the event and in the claims', () => {
    const event = eventOf('checks.created');
    const claims = { events: [event], iat: 1_767_323_045, iss: 'Truora' };
    expect(claimsSchema.safeParse(claims).success).toBe(true);
    expect(claimsSchema.safeParse({ ...claims, exp: 1 }).success).toBe(false);
    expect(eventSchema.safeParse({ ...event, surprise: 1 }).success).toBe(false);
  });

  test('accept a batch of different events, and no empty one', () => {
    const events = ['checks.created', 'phone_validation.failed'].map((name) => eventOf(name));
    const claims = { events, iat: 1_767_323_045, iss: 'Truora' };
    expect(claimsSchema.safeParse(claims).success).toBe(true);
    expect(claimsSchema.safeParse({ ...claims, events: [] }).success).toBe(false);
  });

  test('accept an event with an idempotency key beside its id', () => {
    const event = { ...eventOf('checks.created'), idempotency_key: `HIK${'a'.repeat(40)}` };
    expect(eventSchema.safeParse(event).success).toBe(true);
  });

  test('are made once', () => {
    expect(objectSchema('checks', 'created')).toBe(objectSchema('checks', 'created'));
  });

  test.each(pairs)('of $name can be written as JSON Schema', ({ product, action }) => {
    expect(z.toJSONSchema(objectSchema(product, action))).toMatchObject({
      type: 'object',
      additionalProperties: false,
    });
  });
});

// Three vocabularies live side by side; each word is right in one place only.
describe('the vocabulary', () => {
  test.each([
    ['checks.created', 'status', 'not_started'],
    ['checks.started', 'status', 'in_progress'],
    ['checks.delayed', 'status', 'delayed'],
    ['checks.finished', 'status', 'completed'],
    ['checks.finished', 'status', 'error'],
    ['digital_identity.created', 'status', 'pending'],
    ['digital_identity.succeeded', 'status', 'success'],
    ['digital_identity.failed', 'status', 'failure'],
    ['digital_identity.expired', 'status', 'failure'],
    ['document_validation.created', 'validation_status', 'pending'],
    ['document_validation.succeeded', 'validation_status', 'success'],
    ['document_validation.failed', 'validation_status', 'failure'],
    ['document_validation.created', 'type', 'document-validation'],
    ['email_validation.created', 'type', 'email-verification'],
    ['phone_validation.created', 'type', 'phone-verification'],
    ['facial_recognition.created', 'type', 'face-recognition'],
    ['voice_recognition.created', 'type', 'voice-recognition'],
    ['identity_questions.created', 'type', 'identity-questions'],
    ['whatsapp_process.started', 'status', 'pending'],
    ['whatsapp_process.succeeded', 'status', 'success'],
    ['whatsapp_process.failed', 'status', 'failure'],
  ])('%s has %s %s', (name, field, word) => {
    expect(accepts(name, { [field]: word })).toBe(true);
  });

  test.each([
    ['checks.created', 'status', 'created'],
    ['checks.created', 'status', 'pending'],
    ['checks.created', 'status', 'in_progress'],
    ['checks.started', 'status', 'started'],
    ['checks.finished', 'status', 'finished'],
    ['checks.finished', 'status', 'success'],
    ['checks.finished', 'status', 'not_started'],
    ['checks.delayed', 'status', 'in_progress'],
    ['digital_identity.created', 'status', 'created'],
    ['digital_identity.succeeded', 'status', 'succeeded'],
    ['digital_identity.succeeded', 'status', 'completed'],
    ['digital_identity.failed', 'status', 'failed'],
    ['digital_identity.expired', 'status', 'expired'],
    ['digital_identity.expired', 'failure_status', 'declined'],
    ['digital_identity.failed', 'failure_status', 'failure'],
    ['document_validation.succeeded', 'validation_status', 'succeeded'],
    ['document_validation.failed', 'validation_status', 'failed'],
    ['document_validation.created', 'validation_status', 'not_started'],
    ['document_validation.created', 'type', 'document_validation'],
    ['phone_validation.created', 'type', 'phone_verification'],
    ['phone_validation.created', 'type', 'phone-validation'],
    ['facial_recognition.created', 'type', 'facial-recognition'],
    ['whatsapp_process.succeeded', 'status', 'succeeded'],
  ])('%s refuses %s %s', (name, field, word) => {
    expect(accepts(name, { [field]: word })).toBe(false);
  });

  test.each([
    ['event_action', 'success'],
    ['event_action', 'finished'],
    ['event_type', 'document-validation'],
    ['event_type', 'document'],
  ])('an event refuses %s %s', (field, word) => {
    const event = { ...eventOf('document_validation.succeeded'), [field]: word };
    expect(eventSchema.safeParse(event).success).toBe(false);
  });

  test('a validation has no status field beside its validation_status', () => {
    expect(accepts('document_validation.succeeded', { status: 'success' })).toBe(false);
  });

  test.each(pairs)('$name gives a reason if and only if it is a failure', ({ name, action }) => {
    const isFailure = action === 'failed' || name === 'digital_identity.expired';
    const { object } = eventOf(name);
    expect('failure_status' in object).toBe(isFailure);
    expect('declined_reason' in object).toBe(isFailure);
    const word = action === 'expired' ? 'expired' : 'declined';
    const reason = { failure_status: word, declined_reason: 'blurry_image' };
    expect(accepts(name, reason)).toBe(isFailure);
  });

  test.each(['failure_status', 'declined_reason'])('a failure needs its %s', (field) => {
    expect(accepts('digital_identity.failed', { [field]: undefined })).toBe(false);
    expect(accepts('phone_validation.failed', { [field]: undefined })).toBe(false);
  });
});
