// The man page as roff (man(7)), from the option tables as `dist` has them.
import { Help } from 'commander';

const load = async (file) => import(new URL(`../dist/cli/${file}`, import.meta.url).href);

/** Text as roff takes it: no line begins with a control character, a dash can be copied. */
const roff = (text) =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('’', '\\(cq')
    .replaceAll('“', '\\(lq')
    .replaceAll('”', '\\(rq')
    .replaceAll('…', '...')
    .replaceAll(/\s+/g, ' ')
    .replace(/^([.'])/, '\\&$1');

const verbatim = (line) =>
  line
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('…', '...')
    .replace(/^([.'])/, '\\&$1');

const item = (term, text) => ['.TP', `.B ${roff(term)}`, roff(text)];

const tailOf = (command) => {
  const written = [];
  command.configureOutput({ writeOut: (text) => written.push(text) });
  command.outputHelp();
  return written.slice(1).join('');
};

const layout = new Help();

const optionLines = (command) =>
  layout
    .visibleOptions(command)
    .filter(({ long }) => long !== '--help')
    .flatMap((option) => item(option.flags, layout.optionDescription(option)));

const EXAMPLES = /^(?:Examples?|Try it now.*|To have it.*):$/;

const tailLines = (command, helpBlocks) => {
  const lines = [];
  let open = false;
  for (const { kind, text } of helpBlocks(tailOf(command))) {
    const isCode = kind === 'verbatim' && text !== '';
    if (isCode && !open) lines.push('.EX');
    if (!isCode && open) lines.push('.EE');
    open = isCode;
    if (isCode) lines.push(verbatim(text));
    else if (kind === 'prose') {
      lines.push('.PP', EXAMPLES.test(text) ? `.B ${roff(text)}` : roff(text));
    }
  }
  return open ? [...lines, '.EE'] : lines;
};

const fullName = (command) =>
  command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;

const commandLines = (command, helpBlocks) => [
  `.SS ${roff(`${fullName(command)} ${command.usage()}`)}`,
  roff(`${command.description()}.`),
  ...command.registeredArguments.flatMap((argument) =>
    item(layout.argumentTerm(argument), layout.argumentDescription(argument)),
  ),
  ...optionLines(command),
  ...tailLines(command, helpBlocks),
];

const EXITS = [
  ['0', 'passed'],
  ['1', 'the receiver broke the contract'],
  ['2', 'wrong usage'],
  ['3', 'no verdict'],
  ['4', 'a fault of hookproof'],
  ['130', 'interrupted'],
];

const VARIABLES = [
  ['HOOKPROOF_KEY', 'the signing key, in place of --key'],
  ['HOOKPROOF_LANG', 'what texts are in, en or es; else LC_ALL, LC_MESSAGES and LANG decide'],
  ['HOOKPROOF_PLAIN', '1 has the effect of --plain'],
  ['NO_COLOR, FORCE_COLOR', 'no colour anywhere, or colour where there is no terminal too'],
  ['HOOKPROOF_API_KEY, HOOKPROOF_CONTROL_TOKEN', 'what the stand-in of hookproof serve takes'],
  [
    'DATABASE_URL, SMTP_URL, HOOKPROOF_SECRET',
    'the PostgreSQL, the mail server and the key at rest of serve and worker',
  ],
  ['HOOKPROOF_DEBUG', 'shows the place of a fault of hookproof'],
];

const FILES = [
  ['.hookproof/replays/', 'failed cases and schedules, for hookproof replay'],
  ['.hookproof/', 'what hookproof serve and hookproof capture keep, unless told otherwise'],
];

const items = (pairs) => pairs.flatMap(([term, text]) => item(term, text));

/** The whole page, with a final newline. */
export const manualPage = async () => {
  const [{ createProgram }, { allCommands }, { helpBlocks }] = await Promise.all(
    ['tree.js', 'all-commands.js', 'help.js'].map(load),
  );
  const program = createProgram(() => undefined, '');
  const [, ...commands] = allCommands(program);
  return [
    '.\\" Written by scripts/man.mjs from the help: do not edit.',
    '.TH HOOKPROOF 1 2026-11-26 hookproof "User Commands"',
    '.SH NAME',
    'hookproof \\- deliver webhooks as Truora does, and test what receives them',
    '.SH SYNOPSIS',
    '.B hookproof',
    roff('[options] <command> [arguments]'),
    '.SH DESCRIPTION',
    roff(program.description()),
    ...tailLines(program, helpBlocks),
    '.SH OPTIONS',
    'Before or after any command:',
    ...optionLines(program),
    ...item('-h, --help', 'print help'),
    '.SH COMMANDS',
    ...commands.flatMap((command) => commandLines(command, helpBlocks)),
    '.SH EXIT STATUS',
    ...items(EXITS),
    '.SH ENVIRONMENT',
    ...items(VARIABLES),
    '.SH FILES',
    ...items(FILES),
    '',
  ].join('\n');
};
