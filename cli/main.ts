#!/usr/bin/env node
/** The binary. What needs no command line parser is answered before anything else is loaded. */
import { version } from './version.js';

const [first] = process.argv.slice(2);
if (first === '--version' || first === '-V') {
  process.stdout.write(`${version()}\n`);
} else {
  const { main } = await import('./program.js');
  process.exitCode = await main(process.argv.slice(2));
  // Connections that an interrupted run left open must not hold the process.
  if (process.exitCode === 130) process.exit();
}
