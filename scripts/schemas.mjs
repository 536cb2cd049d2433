// Writes the JSON Schema of scenarios anew. Run it after `npm run build`; a test compares the two.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { scenarioJsonSchema } from '../dist/simulator/virtual/scenario.js';

const file = fileURLToPath(new URL('../simulator/virtual/scenario.schema.json', import.meta.url));
const style = { ...(await resolveConfig(file)), parser: 'json' };
writeFileSync(file, await format(JSON.stringify(scenarioJsonSchema()), style));
