/** Reads XML with the parser of Python's standard library, which accepts nothing malformed. */
import { spawnSync } from 'node:child_process';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

const PROGRAM = `
import json, sys, xml.etree.ElementTree as tree
def plain(node):
    return {'name': node.tag, 'attributes': node.attrib, 'text': node.text or '',
            'children': [plain(child) for child in node]}
print(json.dumps(plain(tree.fromstring(sys.stdin.buffer.read()))))
`;

/** Why XML cannot be parsed here; undefined when it can. */
export const parserMissing =
  spawnSync('python3', ['--version']).status === 0 ? undefined : 'python3 is not installed';

export const parseXml = (text: string): XmlElement => {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', PROGRAM], {
    input: text,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`not well-formed: ${stderr}`);
  return JSON.parse(stdout) as XmlElement;
};

/** The element itself and all below it with this name. */
export const elementsOf = (element: XmlElement, name: string): readonly XmlElement[] => [
  ...(element.name === name ? [element] : []),
  ...element.children.flatMap((child) => elementsOf(child, name)),
];
