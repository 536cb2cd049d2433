// Writes the JSON Schema of scenarios anew. Run it after `npm run build`; a test compares the two.
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { scenarioJsonSchema } from '../dist/simulator/virtual/scenario.js';

const file = new URL('../simulator/virtual/scenario.schema.json', import.meta.url);
writeFileSync(file, await format(JSON.stringify(scenarioJsonSchema()), { parser: 'json' }));
