import { phoneNumber } from './shapes.js';
import { defineValidation } from './validation.js';

/**
 * Phone validation: a code sent to a number. The validation around it and its reasons are REF,
 * `details` is INF.
 */
export const phoneValidation = defineValidation({
  title: 'Phone Validation',
  slug: 'phone_validation',
  eventType: 'phone_verification',
  eventTypeSource: 'INF',
  shapeSource: 'REF',
  type: 'phone-verification',
  declinedReasons: ['phone_number_out_of_coverage', 'wrong_verification_code'],
  details: (zod) => zod.strictObject({ phone_number: phoneNumber(zod) }),
  detailsOf: ({ person }) => ({ phone_number: person.phoneNumber }),
});
