/** What a terminal is shown: one rule for all commands, seen through a real pseudo-terminal. */
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { alignColumns } from '../../cli/simulation/table.js';
import { readTerminal } from '../../cli/terminal.js';
import { createFolder, hookproof } from './run.js';

const binary = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));
const hasScript = spawnSync('script', ['--version']).status === 0;

/** Runs a command in a pseudo-terminal that is so wide; both streams are one there. */
const inTerminal = async (
  command: string,
  columns: number,
  env: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const cwd = await createFolder();
  const line = `stty cols ${columns}; '${process.execPath}' '${binary}' ${command}`;
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...own } = process.env;
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    cwd,
    env: { ...own, TERM: 'xterm', HOOKPROOF_LANG: 'en', HOOKPROOF_KEY: 'key', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
  await new Promise((resolve) => {
    child.once('close', resolve);
  });
  return shown;
};

const ESCAPE = String.fromCodePoint(27);

const linesOf = (shown: string): readonly string[] =>
  shown
    .replaceAll(new RegExp(`${ESCAPE}\\[[0-9;]*[A-Za-z]`, 'g'), '')
    .split(/\r?\n|\r/)
    .map((line) => line.trimEnd());

describe('the rule', () => {
  const tty = { isTTY: true, columns: 100 };
  const pipe = {};

  test.each([
    ['a terminal', tty, {}, false, { color: true, columns: 100, redraws: true }],
    ['a pipe', pipe, {}, false, { color: false, columns: 80, redraws: false }],
    ['NO_COLOR', tty, { NO_COLOR: '1' }, false, { color: false, columns: 100, redraws: true }],
    ['an empty NO_COLOR', tty, { NO_COLOR: '' }, false, { color: true, redraws: true }],
    ['FORCE_COLOR in a pipe', pipe, { FORCE_COLOR: '1' }, false, { color: true, redraws: false }],
    ['FORCE_COLOR=0', tty, { FORCE_COLOR: '0' }, false, { color: false, redraws: true }],
    ['both', tty, { NO_COLOR: '1', FORCE_COLOR: '1' }, false, { color: false }],
    ['TERM=dumb', tty, { TERM: 'dumb' }, false, { color: false, columns: 100, redraws: false }],
    ['an unknown width', { isTTY: true, columns: 0 }, {}, false, { columns: 80 }],
    [
      'a pipe whose width is told',
      pipe,
      { COLUMNS: '60' },
      false,
      { columns: 60, tableColumns: 60 },
    ],
    [
      'a width that is none',
      pipe,
      { COLUMNS: 'wide' },
      false,
      { columns: 80, tableColumns: Infinity },
    ],
    ['a terminal that knows its width', tty, { COLUMNS: '60' }, false, { tableColumns: 100 }],
    ['--plain', tty, { FORCE_COLOR: '1' }, true, { color: false, redraws: false, plain: true }],
  ] as const)('%s', (_name, stream, env, plain, wanted) => {
    expect(readTerminal(stream, env, plain)).toMatchObject(wanted);
  });
});

describe.skipIf(!hasScript)('in a terminal (script of util-linux)', () => {
  const unreached = 'http://127.0.0.1:9/hook';

  test.each([40, 80, 120])('doctor keeps to %i columns', async (columns) => {
    const shown = await inTerminal(`doctor ${unreached}`, columns);
    expect(shown).toContain(`${ESCAPE}[`);
    const long = linesOf(shown).filter((line) => line.length > columns && line.includes(' '));
    expect(long.filter((line) => !/https?:|--|id:/.test(line))).toEqual([]);
    expect(Math.max(...linesOf(shown).map((line) => line.length))).toBeGreaterThan(columns * 0.7);
  });

  test('simulate draws in colour, and without where NO_COLOR says so', async () => {
    const command = 'simulate deploy-every-10-min --plot';
    expect(await inTerminal(command, 80)).toContain(`${ESCAPE}[`);
    const bare = (await inTerminal(command, 80, { NO_COLOR: '1' })).replaceAll(`\r${ESCAPE}[K`, '');
    expect(bare).not.toContain(`${ESCAPE}[`);
  });

  test.each([
    ['simulate', 'simulate deploy-every-10-min --plot --plain'],
    ['forecast', 'forecast --rate 1/min --arrivals constant --plain'],
    ['send', `send ${unreached} --event checks.finished --no-retry --plain`],
    ['load', `load ${unreached} --count 5 --plain`],
    ['doctor', `doctor ${unreached} --plain`],
    ['verify', "verify --demo --only 'response/refuses-with-4xx' --plain"],
  ])(
    '%s --plain has no colour, no drawing, no columns and no redrawn line',
    async (_name, command) => {
      const shown = await inTerminal(command, 80);
      expect(shown.length).toBeGreaterThan(40);
      expect(shown).not.toContain(ESCAPE);
      expect(shown.replaceAll('\r\n', '\n')).not.toContain('\r');
      expect(shown).not.toMatch(/[\u2500-\u259F\u2800-\u28FF▼△◆✓✗]/u);
      const aligned = linesOf(shown).filter((line) => /\S {3,}\S/.test(line));
      expect(aligned).toEqual([]);
    },
  );

  test('Spanish is chosen by LANG, and by --lang before it', async () => {
    const env = { HOOKPROOF_LANG: '', LC_ALL: '', LC_MESSAGES: '', LANG: 'es_MX.UTF-8' };
    expect(await inTerminal('--help', 80, env)).toContain('Uso: hookproof');
    expect(await inTerminal('--lang en --help', 80, env)).toContain('Usage: hookproof');
  });
});

test.each([
  [['verify', '--lang', 'fr'], 'Allowed choices are en, es.'],
  [['verify', '--lang', 'es'], 'no se nombra ningún receptor'],
  [['--lang=es', 'verify', '--frob'], "opción desconocida '--frob'"],
])('%j is one line and code 2', async (args, text) => {
  const { code, stderr } = await hookproof(args);
  expect(stderr).toContain(text);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
});

test('what machines read stays in English', async () => {
  const { stdout } = await hookproof(['list', 'cases', '--json', '--lang', 'es']);
  const [first] = JSON.parse(stdout) as readonly { readonly id: string; readonly level: string }[];
  expect(first).toMatchObject({ id: expect.stringContaining('/') as string, level: 'must' });
});

describe('a table that has no room', () => {
  test('goes on in indented lines below, heads and cells alike', () => {
    const rows = [
      ['TIME', 'HOOK', 'ANSWER', 'THEN'],
      ['30m', 'main', '503', 'again'],
      ['31m', 'main', 'disabled by the rule'],
    ];
    expect(alignColumns(rows, [], 20)).toEqual([
      'TIME  HOOK  ANSWER',
      '  THEN',
      '30m   main  503',
      '  again',
      '31m   main',
      '  disabled by the rule',
    ]);
    expect(alignColumns(rows)).toEqual([
      'TIME  HOOK  ANSWER  THEN',
      '30m   main  503     again',
      '31m   main  disabled by the rule',
    ]);
  });

  test.each([
    ['simulate total-outage'],
    ['simulate total-outage --readings'],
    ['forecast --rate 1/min --rate 10/min --runs 3'],
  ])('%s keeps within 60 columns, and is whole in a pipe', async (command) => {
    const narrow = await hookproof(command.split(' '), { COLUMNS: '60' });
    expect(linesOf(narrow.stdout).filter((line) => line.length > 60)).toEqual([]);
    expect(narrow.code).toBe(0);
  });
});
