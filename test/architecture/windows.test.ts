/** What Windows does not have stands in no source that is shipped, but where a reason is named. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const FOLDERS = [
  'cli',
  'contracts',
  'simulator',
  'fixtures/receivers/reference',
  'fixtures/receivers/mutants',
];

const POSIX_ONLY: Readonly<Record<string, RegExp>> = {
  'a group of processes': /process\.kill\(\s*-|detached: true/,
  'a signal that Windows does not know': /SIG(?:HUP|KILL|QUIT|USR[12]|STOP|CONT|WINCH)\b/,
  'a path of POSIX': /['"`]\/(?:bin|dev|etc|home|proc|tmp|usr|var)\//,
  'a shell by name': /shell: ['"`]|spawn(?:Sync)?\(\s*['"`](?:ba|z)?sh\b/,
  'rights and owners': /\b(?:chmod|chown|umask|getuid|geteuid|setuid|setgid)(?:Sync)?\b/,
  'a URL’s pathname as a path': /import\.meta\.url\)\.pathname/,
  'a path that is put together by hand': /\$\{\w*(?:[fF]older|[dD]irectory|cwd|tmpdir\(\))\}\//,
  'a link': /\bsymlink(?:Sync)?\(|\bmkfifo/,
};

/** Where it may stand: the place, what, and why it does no harm on Windows. */
const ALLOWED: readonly (readonly [file: string, what: string, reason: string])[] = [
  [
    'cli/server/data-folder.ts',
    'rights and owners',
    'Windows heeds only the write bit, and chmod does not fail',
  ],
  [
    'cli/self-test/pool.ts',
    'a signal that Windows does not know',
    'Node ends a process there by this name',
  ],
  [
    'contracts/doctor/observe/listener.ts',
    'a path of POSIX',
    'where there is none, the listener has no name',
  ],
  [
    'contracts/doctor/observe/environment.ts',
    'a path of POSIX',
    'tells whether it runs in a container, which has it',
  ],
  [
    'simulator/server/store/lock.ts',
    'a path of POSIX',
    'where there is none, the process’s start is not compared',
  ],
];

const isComment = (line: string): boolean => /^\s*(?:\/?\*|\/\/)/.test(line);

const sources = FOLDERS.flatMap((folder) => {
  const root = fileURLToPath(new URL(`../../${folder}`, import.meta.url));
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.c?tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
});

/** Each thing of POSIX that a text holds, by its name. */
const found = (text: string): readonly string[] => {
  const code = text
    .split('\n')
    .filter((line) => !isComment(line))
    .join('\n');
  return Object.entries(POSIX_ONLY).flatMap(([what, pattern]) =>
    pattern.test(code) ? [what] : [],
  );
};

test('sources hold nothing of POSIX but what is allowed, and nothing is allowed in vain', () => {
  expect(sources.length).toBeGreaterThan(300);
  const places = sources.flatMap((file) => {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    return found(text).map((what) => `${file}: ${what}`);
  });
  expect(places.toSorted()).toEqual(ALLOWED.map(([file, what]) => `${file}: ${what}`).toSorted());
});

test.each([
  ['process.kill(-child.pid)', 'a group of processes'],
  ["child.kill('SIGKILL')", 'a signal that Windows does not know'],
  ["readFileSync('/etc/hosts')", 'a path of POSIX'],
  ["spawn(command, { shell: '/bin/sh' })", 'a shell by name'],
  ["spawn('sh', ['-c', command])", 'a shell by name'],
  ['await chmod(file, 0o600)', 'rights and owners'],
  ["new URL('a.json', import.meta.url).pathname", 'a URL’s pathname as a path'],
  ['const file = `${dataFolder}/key`', 'a path that is put together by hand'],
])('%s would be found', (code, what) => {
  expect(found(code)).toContain(what);
});
