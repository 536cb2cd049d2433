// Writes man/hookproof.1 from the help of all commands: needs a build.
import { writeFileSync } from 'node:fs';
import { manualPage } from './man-page.mjs';

writeFileSync(new URL('../man/hookproof.1', import.meta.url), await manualPage());
