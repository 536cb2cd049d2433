// The same as `hookproof self-test`, for those who work on hookproof: `npm run kill-matrix -- --only M01`.
import { main } from '../dist/cli/program.js';

process.exitCode = await main(['self-test', ...process.argv.slice(2)]);
if (process.exitCode === 130) process.exit();
