import { defineValidation } from './validation.js';

/**
 * Identity questions: questions only the person can answer. The validation around it is REF,
 * `details` is INF.
 */
export const identityQuestions = defineValidation({
  title: 'Identity Questions',
  slug: 'identity_questions',
  eventType: 'identity_questions',
  eventTypeSource: 'INF',
  shapeSource: 'REF',
  type: 'identity-questions',
  declinedReasons: ['not_answered_question'],
  details: (zod) =>
    zod.strictObject({
      questions_asked: zod.int().positive(),
      questions_answered_correctly: zod.int().nonnegative(),
    }),
  detailsOf: (_resource, { random }) => ({
    questions_asked: 4,
    questions_answered_correctly: random.integer(3, 4),
  }),
});
