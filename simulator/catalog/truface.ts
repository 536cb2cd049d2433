import { share } from './shapes.js';
import { defineValidation } from './validation.js';

/**
 * TruFace: a face looked up among reported ones. That it is a validation is REF; its `type` and
 * `details` are INF.
 */
export const truface = defineValidation({
  title: 'TruFace',
  slug: 'truface',
  eventType: 'truface',
  eventTypeSource: 'INF',
  shapeSource: 'INF',
  type: 'truface',
  declinedReasons: ['face_in_blocklist', 'risky_face_detected'],
  details: (zod) =>
    zod.strictObject({
      face_search: zod.strictObject({
        status: zod.literal('success'),
        confidence_score: share(zod),
      }),
    }),
  detailsOf: (_resource, { random }) => ({
    face_search: { status: 'success', confidence_score: random.integer(70, 99) / 100 },
  }),
});
