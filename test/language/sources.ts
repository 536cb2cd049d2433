/** The texts that the sources say, found by reading them, without running anything. */
import { readFileSync, readdirSync } from 'node:fs';
import { parseSync } from 'vite';

const root = new URL('../../', import.meta.url);

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Every node, with the one above it. */
const nodesOf = (source: string): readonly (readonly [node: Node, parent: Node | undefined])[] => {
  const found: (readonly [Node, Node | undefined])[] = [];
  const visit = (node: Node, parent: Node | undefined): void => {
    found.push([node, parent]);
    for (const key in node) {
      const value = node[key];
      if (Array.isArray(value)) {
        for (const one of value) if (isNode(one)) visit(one, node);
      } else if (isNode(value)) visit(value, node);
    }
  };
  visit(parseSync('source.ts', source).program as unknown as Node, undefined);
  return found;
};

/** The text of a literal or a template, with `{0}` where values stand; undefined for anything else. */
const textOf = (node: unknown): string | undefined => {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined;
  if (node.type !== 'TemplateLiteral') return undefined;
  const parts = (node['quasis'] as readonly { value: { cooked: string } }[]).map(
    ({ value }) => value.cooked,
  );
  return parts.reduce(
    (key, part, index) => (index === 0 ? part : `${key}{${index - 1}}${part}`),
    '',
  );
};

const nameOf = (node: unknown): string => {
  if (!isNode(node)) return '';
  if (node.type === 'Identifier') return String(node['name']);
  return node.type === 'MemberExpression' ? nameOf(node['property']) : '';
};

const IMPORTED = /import \{([^}]*)\} from '[./]*language\/say\.js'/;

/** What is said by `say`, `later` and `plural` in one source; a text that is not written out is an error. */
export const saidIn = (source: string): readonly string[] => {
  const imported = IMPORTED.exec(source)?.[1];
  if (imported === undefined) return [];
  return nodesOf(source).flatMap(([node]) => {
    if (node.type === 'TaggedTemplateExpression' && nameOf(node['tag']) === 'say') {
      return [textOf(node['quasi']) ?? ''];
    }
    if (node.type !== 'CallExpression') return [];
    const name = nameOf(node['callee']);
    const given = node['arguments'] as readonly unknown[];
    if (name === 'later') return [written(given[0])];
    if (name !== 'plural' || !imported.includes('plural')) return [];
    const noun = written(given[1]);
    return [`{0} ${noun}`, `{0} ${noun}s`];
  });
};

const written = (node: unknown): string => {
  const text = textOf(node);
  if (text === undefined) throw new Error('a text for people must be written out where it is said');
  return text;
};

const WORDS = /[A-Za-z]{2,}[,;:)]? [(]?[a-z]{2,}/;

/** Names of properties that hold what the catalogue says, or what no one reads as a sentence. */
const APART = new Set([
  ...['title', 'rule', 'why', 'fix', 'source', 'label', 'about', 'defect'],
  // What stands in a JSON Schema.
  'description',
]);

const SKIPPED = /^(?:Import|Export(?:All|Named)Declaration$|TS)/;

/** Sentences in a source that are said in English whatever the language. */
export const unsaidIn = (source: string): readonly string[] =>
  nodesOf(source).flatMap(([node, parent]) => {
    const text = textOf(node);
    if (text === undefined || !WORDS.test(text) || parent === undefined) return [];
    if (text.trimStart().startsWith('<')) return [];
    if (parent.type === 'TaggedTemplateExpression' || SKIPPED.test(parent.type)) return [];
    if (parent.type === 'CallExpression') {
      const name = nameOf(parent['callee']);
      if (
        /^(?:later|plural|option|description|describe|argument|addHelpText|invariant|fail)$/.test(
          name,
        )
      )
        return [];
    }
    if (
      parent.type === 'NewExpression' &&
      /^(?:Option|Argument|Command|Error)$/.test(nameOf(parent['callee']))
    )
      return [];
    if (parent.type === 'Property' && APART.has(nameOf(parent['key']))) return [];
    return [text];
  });

/** Sources whose texts people read; what the stand-in serves and logs is not among them. */
export const sources = (): readonly { readonly file: string; readonly text: string }[] =>
  ['cli', 'contracts', 'simulator']
    .flatMap((folder) =>
      readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' }).map(
        (name) => `${folder}/${name.replaceAll('\\', '/')}`,
      ),
    )
    .filter((file) => file.endsWith('.ts'))
    .toSorted()
    .map((file) => ({ file, text: readFileSync(new URL(file, root), 'utf8') }));
