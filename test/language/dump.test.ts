import { test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { sources, saidIn, unsaidIn } from '/work/wt/terminal/test/language/sources.js';
import { saidInHelp } from '/work/wt/terminal/test/language/help.js';
import { createProgram } from '/work/wt/terminal/cli/tree.js';
test('dump', () => {
  const said: Record<string,string[]> = {}; const un: Record<string,string[]> = {}; const seen = new Set<string>();
  for (const { file, text } of sources()) {
    const s = saidIn(text).filter((t) => !seen.has(t)); s.forEach((t) => seen.add(t)); if (s.length) said[file] = [...new Set(s)];
    const u = unsaidIn(text); if (u.length) un[file] = u;
  }
  const help = saidInHelp(createProgram(() => undefined, '0.0.0'));
  writeFileSync('/tmp/said.json', JSON.stringify(said, null, 1)); writeFileSync('/tmp/unsaid.json', JSON.stringify(un, null, 1)); writeFileSync('/tmp/help.json', JSON.stringify(help, null, 1));
});
