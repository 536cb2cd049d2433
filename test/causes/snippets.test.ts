import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snippetsByTopic } from '../../contracts/causes/snippets/topics.js';
import { languages } from '../../contracts/runner/result.js';
import type { Language } from '../../contracts/runner/result.js';

const topics = Object.entries(snippetsByTopic);

/** Members of a class stand beside methods, everything else inside one. */
const isMember = (code: string): boolean => /^(?:@|static |public )/m.test(code);

const indent = (code: string): string => code.replaceAll(/^(?=.)/gm, '    ');

/** What makes a snippet a file that a parser takes. */
const wrap: Readonly<Record<Exclude<Language, 'node'>, (code: string, topic: string) => string>> = {
  python: (code) => `def snippet():\n${indent(code)}\n`,
  go: (code) => `package snippet\n\nfunc snippet() {\n${code.replaceAll(/^(?=.)/gm, '\t')}\n}\n`,
  php: (code) => `<?php\n${code}\n`,
  java: (code, topic) => {
    const name = topic.replaceAll('-', '_');
    return isMember(code)
      ? `class ${name} {\n${code}\n}\n`
      : `class ${name} {\nObject snippet() throws Exception {\n${code}\n}\n}\n`;
  },
};

const extension = { python: 'py', go: 'go', php: 'php', java: 'java' } as const;

const PARSE_PYTHON =
  'import ast, pathlib, sys\nfor file in sys.argv[1:]: ast.parse(pathlib.Path(file).read_text(), file)';
const PARSE_PHP =
  'foreach (array_slice($argv, 1) as $file) try { token_get_all(file_get_contents($file), TOKEN_PARSE); } catch (ParseError $error) { echo $file, ": ", $error->getMessage(), PHP_EOL; exit(1); }';
const PARSE_JAVA = `
import com.sun.source.util.JavacTask;
import java.nio.file.Path;
import java.util.Arrays;
import javax.tools.*;
class Parse {
  public static void main(String[] files) throws Exception {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var found = new DiagnosticCollector<JavaFileObject>();
    var units = compiler.getStandardFileManager(null, null, null)
        .getJavaFileObjectsFromPaths(Arrays.stream(files).map(Path::of).toList());
    ((JavacTask) compiler.getTask(null, null, found, null, null, units)).parse();
    found.getDiagnostics().forEach(System.out::println);
    System.exit(found.getDiagnostics().isEmpty() ? 0 : 1);
  }
}`;

describe.each(topics)('the snippets of %s', (_, written) => {
  test('are short in each language', () => {
    for (const language of languages) {
      const lines = written[language].split('\n');
      expect(lines.length).toBeGreaterThanOrEqual(4);
      expect(lines.length).toBeLessThanOrEqual(12);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    }
  });

  test('are Node', () => {
    const [imports, code] = [/^import .*$/gm, written.node.replaceAll(/^import .*$/gm, '')];
    for (const [line] of written.node.matchAll(imports)) {
      expect(line).toMatch(/^import (?:\w+|\{ \w+(?:, \w+)* \}) from '[\w:@/-]+';$/);
    }
    expect(() => new Script(`(async () => {\n${code}\n});`)).not.toThrow();
  });
});

describe('the snippets', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hookproof-snippets-'));
    writeFileSync(join(folder, 'Parse.java'), PARSE_JAVA);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const tools: Readonly<Record<Exclude<Language, 'node'>, () => readonly string[]>> = {
    python: () => ['python3', '-c', PARSE_PYTHON],
    go: () => ['gofmt', '-e', '-l'],
    php: () => ['php', '-r', PARSE_PHP, '--'],
    java: () => ['java', join(folder, 'Parse.java')],
  };

  test.for(['python', 'go', 'php', 'java'] as const)('are %s, all of them', (language, context) => {
    const files = topics.map(([topic, written]) => {
      const file = join(folder, `${topic}.${extension[language]}`);
      writeFileSync(file, wrap[language](written[language], topic));
      return file;
    });
    const [command = '', ...args] = tools[language]();
    const { error, status, stdout, stderr } = spawnSync(command, [...args, ...files], {
      encoding: 'utf8',
    });
    if (error !== undefined && 'code' in error && error.code === 'ENOENT') {
      return context.skip(`${command} is not on this machine`);
    }
    expect(`${stderr}${stdout}`).toBe('');
    expect(status).toBe(0);
  });
});
