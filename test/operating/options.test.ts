/** What documents and container files say on the command line is what the commands take. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { serveCommand } from '../../cli/commands/serve.js';
import { workerCommand } from '../../cli/commands/worker.js';

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const optionsOf = (command: ReturnType<typeof serveCommand>): readonly string[] =>
  command.options.flatMap(({ long }) => long ?? []);

const known: Readonly<Record<string, readonly string[]>> = {
  serve: optionsOf(serveCommand(() => undefined)),
  worker: optionsOf(workerCommand(() => undefined)),
};

const flagsIn = (text: string): readonly string[] => text.match(/--[a-z][\w-]*/g) ?? [];

describe('options that are written down', () => {
  test('are known to the commands of compose.yaml', () => {
    const { services } = parse(read('compose.yaml'), { merge: true }) as {
      readonly services: Readonly<Record<string, { readonly command?: readonly string[] }>>;
    };
    for (const name of ['serve', 'worker']) {
      const [command = '', ...args] = services[name]?.command ?? [];
      expect(command).toBe(name);
      expect(known[name]).toEqual(expect.arrayContaining([...flagsIn(args.join(' '))]));
    }
  });

  test('are known to the commands of docs/serve.md', () => {
    const commands = [
      ...read('docs/serve.md').matchAll(/hookproof (serve|worker)\b(.*(?:\\\n.*)*)/g),
    ];
    expect(commands.length).toBeGreaterThan(3);
    for (const [, name = '', args = ''] of commands) {
      expect(known[name]).toEqual(expect.arrayContaining([...flagsIn(args.split('`')[0] ?? '')]));
    }
  });

  test('are all of them in its table', () => {
    const table = read('docs/serve.md').match(/^\| `.*\|$/gm) ?? [];
    expect(new Set(table.flatMap((row) => flagsIn(row)))).toEqual(new Set(known['serve']));
  });
});
