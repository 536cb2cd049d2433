import type { Reporter } from './report.js';

/** The result as it is. `report.schema.json` describes it. */
export const jsonReporter: Reporter = {
  format: 'json',
  render: (result) => `${JSON.stringify(result, null, 2)}\n`,
};
