import { defineValidation } from './validation.js';

/**
 * E-mail validation: a code sent to an address. The validation around it and its reasons are REF,
 * `details` is INF.
 */
export const emailValidation = defineValidation({
  title: 'Email Validation',
  slug: 'email_validation',
  eventType: 'email_verification',
  eventTypeSource: 'INF',
  shapeSource: 'REF',
  type: 'email-verification',
  declinedReasons: ['email_not_valid_verdict', 'wrong_verification_code'],
  details: (zod) => zod.strictObject({ email: zod.email() }),
  detailsOf: ({ person }) => ({ email: person.email }),
});
