/** The examples, and what their example.json says of them. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const exampleOf = (name) => {
  const folder = resolve('examples', name);
  return {
    name,
    folder,
    isPackage: existsSync(join(folder, 'package.json')),
    hasTypes: existsSync(join(folder, 'tsconfig.json')),
    ...JSON.parse(readFileSync(join(folder, 'example.json'), 'utf8')),
  };
};

/** Those that are named, else all of them. */
export const readExamples = (names) => {
  const all = readdirSync('examples');
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`no example is called ${unknown.join(' or ')}`);
  return (names.length === 0 ? all : names).map(exampleOf);
};

const isOnPath = (command) =>
  process.env.PATH.split(delimiter).some((folder) => existsSync(join(folder, command)));

/** The commands that the example needs and that this machine has not. */
export const missingFor = ({ needs }) => needs.filter((command) => !isOnPath(command));
