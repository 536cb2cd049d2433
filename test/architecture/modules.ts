/** Source files as the rules of the architecture see them: their imports, and their bare code. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Import {
  /** A path from the root of the project, or a package's name, or `node:…`. */
  readonly to: string;
  readonly typeOnly: boolean;
}

export interface Module {
  /** From the root of the project, with `/`. */
  readonly file: string;
  readonly imports: readonly Import[];
  /** The text without comments and without what stands in quotes. */
  readonly code: string;
}

const COMMENT_OR_QUOTE =
  /(?<comment>\/\*[\s\S]*?\*\/|\/\/[^\n]*)|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g;
const STATEMENT = /^(?:import|export)\s+(?<type>type\s)?(?:[^'"`;]*?\sfrom\s+)?'(?<from>[^']+)'/gm;
const CALL = /(?<type>\btypeof\s+)?\bimport\(\s*(?:'(?<from>[^']+)')?/g;

const strip = (text: string, quotes: 'keep' | 'empty'): string =>
  text.replaceAll(COMMENT_OR_QUOTE, (found, comment: string | undefined) => {
    if (comment !== undefined) return '';
    return quotes === 'keep' ? found : "''";
  });

const resolve = (file: string, specifier: string): string => {
  if (specifier.startsWith('.')) {
    return posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts');
  }
  if (specifier.startsWith('node:')) return specifier;
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
};

/** Template literals here hold code of other programs. */
const QUOTED_CODE = 'contracts/causes/snippets/';

/** Reads one module; what a computed `import()` loads is called `?`. */
export const parseModule = (file: string, written: string): Module => {
  const text = file.startsWith(QUOTED_CODE) ? written.replaceAll(/`[^`]*`/g, "''") : written;
  const code = strip(text, 'keep');
  const imports = [...code.matchAll(STATEMENT), ...code.matchAll(CALL)].map(({ groups }) => ({
    to: groups?.['from'] === undefined ? '?' : resolve(file, groups['from']),
    typeOnly: groups?.['type'] !== undefined,
  }));
  return { file, imports, code: strip(text, 'empty') };
};

/** An import of `./a.js` may mean `a.tsx`. */
const withViews = (modules: readonly Module[]): readonly Module[] => {
  const files = new Set(modules.map(({ file }) => file));
  return modules.map(({ imports, ...module }) => ({
    ...module,
    imports: imports.map(({ to, typeOnly }) => ({
      to: files.has(`${to}x`) ? `${to}x` : to,
      typeOnly,
    })),
  }));
};

/** Every TypeScript file of the project under these folders or at these paths. */
export const readModules = (paths: readonly string[]): readonly Module[] => {
  const root = new URL('../../', import.meta.url);
  const modules = paths.flatMap((path) => {
    const files = statSync(new URL(path, root)).isDirectory()
      ? readdirSync(fileURLToPath(new URL(path, root)), { recursive: true, encoding: 'utf8' })
          .map((name) => posix.join(path, name.replaceAll('\\', '/')))
          .filter((name) => /\.tsx?$/.test(name))
      : [path];
    return files.map((file) => parseModule(file, readFileSync(new URL(file, root), 'utf8')));
  });
  return withViews(modules);
};
