import { text } from './shapes.js';
import { defineValidation } from './validation.js';

/**
 * Document validation: photographs of an identity document, read and compared with the registry.
 * Shape and reasons are REF.
 */
export const documentValidation = defineValidation({
  title: 'Document Validation',
  slug: 'document_validation',
  eventType: 'document_validation',
  eventTypeSource: 'OBS',
  shapeSource: 'REF',
  type: 'document-validation',
  declinedReasons: [
    'blurry_image',
    'data_not_match_with_government_database',
    'document_has_expired',
    'document_is_a_photocopy',
  ],
  details: (zod) =>
    zod.strictObject({
      document_details: zod.strictObject({
        document_type: zod.enum(['national-id', 'foreign-id', 'identity-card', 'passport']),
        document_number: text(zod),
        name: text(zod),
        last_name: text(zod),
        gender: zod.enum(['female', 'male']),
        date_of_birth: zod.iso.date(),
      }),
    }),
  detailsOf: ({ person }) => ({
    document_details: {
      document_type: 'national-id',
      document_number: person.document.number,
      name: person.givenName,
      last_name: person.familyNames.join(' '),
      gender: person.gender,
      date_of_birth: person.birthDate,
    },
  }),
});
