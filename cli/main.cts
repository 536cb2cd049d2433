#!/usr/bin/env node
/**
 * The binary. CommonJS, because Node starts it without the module loader: `--version` is answered
 * before anything else is loaded.
 */
const { readFileSync, writeSync } = process.getBuiltinModule('node:fs');
const [first] = process.argv.slice(2);

if (first === '--version' || first === '-V') {
  const text = readFileSync(`${__dirname}/../../package.json`, 'utf8');
  writeSync(1, `${(JSON.parse(text) as { readonly version: string }).version}\n`);
} else {
  // Should the process run out of work before there is an answer, that is a fault of hookproof.
  process.exitCode = 4;
  void import('./program.js').then(async ({ main }) => {
    process.exitCode = await main(process.argv.slice(2));
    // Connections that an interrupted run left open must not hold the process.
    if (process.exitCode === 130) process.exit();
  });
}
