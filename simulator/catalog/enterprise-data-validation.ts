import { text } from './shapes.js';
import { defineValidation } from './validation.js';

/** Enterprise data validation: a company's data compared with registries. The whole shape is INF. */
export const enterpriseDataValidation = defineValidation({
  title: 'Enterprise Data Validation',
  slug: 'enterprise_data_validation',
  eventType: 'enterprise_data',
  eventTypeSource: 'INF',
  shapeSource: 'INF',
  type: 'enterprise-data',
  declinedReasons: ['data_not_match_with_government_database'],
  details: (zod) =>
    zod.strictObject({ legal_name: text(zod), legal_representative_document: text(zod) }),
  detailsOf: ({ person }) => ({
    legal_name: `Inversiones ${person.familyNames[0]} e Hijos`,
    legal_representative_document: person.document.number,
  }),
});
