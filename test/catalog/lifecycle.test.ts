import { expect, test } from 'vitest';
import { usualCourse } from '../../simulator/catalog/lifecycle.js';
import { products } from '../../simulator/catalog/products.js';

test('each product has a usual course, in the order in which things happen', () => {
  expect(
    Object.fromEntries(products.map(({ slug }) => [slug, usualCourse(slug).join(' → ')])),
  ).toEqual({
    checks: 'created → started → finished',
    continuous_checks: 'changed',
    signals: 'detected',
    digital_identity: 'created → succeeded',
    document_validation: 'created → succeeded',
    email_validation: 'created → succeeded',
    enterprise_data_validation: 'created → succeeded',
    facial_recognition: 'created → succeeded',
    truface: 'created → succeeded',
    identity_questions: 'created → succeeded',
    phone_validation: 'created → succeeded',
    voice_recognition: 'created → succeeded',
    whatsapp_inbound: 'started',
    whatsapp_outbound: 'started → approved',
    whatsapp_session: 'started → expired',
    whatsapp_process: 'started → succeeded',
  });
});
