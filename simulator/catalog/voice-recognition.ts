import { share } from './shapes.js';
import { defineValidation } from './validation.js';

/**
 * Voice recognition: a spoken sample against a reference. The validation around it is REF, its
 * reason and `details` are INF, after facial recognition.
 */
export const voiceRecognition = defineValidation({
  title: 'Voice Recognition',
  slug: 'voice_recognition',
  eventType: 'voice_recognition',
  eventTypeSource: 'INF',
  shapeSource: 'REF',
  type: 'voice-recognition',
  declinedReasons: ['similarity_threshold_not_passed'],
  details: (zod) =>
    zod.strictObject({
      voice_recognition_validations: zod.strictObject({
        similarity_status: zod.literal('success'),
        confidence_score: share(zod),
      }),
    }),
  detailsOf: (_resource, { random }) => ({
    voice_recognition_validations: {
      similarity_status: 'success',
      confidence_score: random.integer(70, 99) / 100,
    },
  }),
});
