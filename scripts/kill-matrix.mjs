// The same as `hookproof self-test`, for those who work on hookproof: `npm run kill-matrix -- --only M01`.
import { selfTestCommand } from '../dist/cli/commands/self-test.js';

const command = selfTestCommand((exitCode) => {
  process.exitCode = exitCode;
});
await command.parseAsync(process.argv.slice(2), { from: 'user' });
