// Puts the data directory that an embedded store begins with beside the compiled store.
import { writeFileSync } from 'node:fs';
import { makeSnapshot } from '../dist/simulator/server/snapshot.js';

writeFileSync('dist/simulator/server/store/snapshot.tar.gz', await makeSnapshot());
process.exit(0);
