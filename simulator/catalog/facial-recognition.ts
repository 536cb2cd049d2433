import { share } from './shapes.js';
import { defineValidation } from './validation.js';

/** Facial recognition: a selfie or short video against a reference. Shape and reasons are REF. */
export const facialRecognition = defineValidation({
  title: 'Facial Recognition',
  slug: 'facial_recognition',
  eventType: 'face_recognition',
  eventTypeSource: 'INF',
  shapeSource: 'REF',
  type: 'face-recognition',
  declinedReasons: [
    'no_face_detected',
    'passive_liveness_verification_not_passed',
    'similarity_threshold_not_passed',
  ],
  details: (zod) =>
    zod.strictObject({
      face_recognition_validations: zod.strictObject({
        similarity_status: zod.literal('success'),
        passive_liveness_status: zod.literal('success'),
        confidence_score: share(zod),
      }),
    }),
  detailsOf: (_resource, { random }) => ({
    face_recognition_validations: {
      similarity_status: 'success',
      passive_liveness_status: 'success',
      confidence_score: random.integer(70, 99) / 100,
    },
  }),
});
