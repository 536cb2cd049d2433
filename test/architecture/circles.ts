/** Circles in a graph of names. */
import { posix } from 'node:path';
import type { Module } from './modules.js';

export type Graph = ReadonlyMap<string, readonly string[]>;

/** Which file imports which; type-only imports count. */
export const fileGraph = (modules: readonly Module[]): Graph => {
  const files = new Set(modules.map(({ file }) => file));
  return new Map(
    modules.map(({ file, imports }) => [
      file,
      imports.map(({ to }) => to).filter((to) => files.has(to)),
    ]),
  );
};

/** How deep a part's folder lies; everywhere else two levels are looked at. */
const DEPTHS: Readonly<Record<string, number>> = { cli: 1, fixtures: 3 };

const folderOf = (file: string): string => {
  const folders = posix.dirname(file).split('/');
  return folders.slice(0, DEPTHS[folders[0] ?? ''] ?? 2).join('/');
};

/** The same between folders. */
export const folderGraph = (modules: readonly Module[]): Graph => {
  const folders = new Map<string, string[]>();
  for (const [file, targets] of fileGraph(modules)) {
    const folder = folderOf(file);
    const others = targets.map(folderOf).filter((to) => to !== folder);
    folders.set(folder, [...(folders.get(folder) ?? []), ...others]);
  }
  return folders;
};

/** Tarjan's strongly connected components that hold a circle, each as its sorted names. */
export const circles = (graph: Graph): readonly string[] => {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const found: string[] = [];
  const low = (name: string): number => lowest.get(name) ?? 0;
  const visit = (name: string): void => {
    order.set(name, order.size);
    lowest.set(name, order.size - 1);
    path.push(name);
    for (const next of graph.get(name) ?? []) {
      if (!order.has(next)) visit(next);
      if (path.includes(next)) lowest.set(name, Math.min(low(name), low(next)));
    }
    if (low(name) !== order.get(name)) return;
    const members = path.splice(path.indexOf(name));
    const loops = members.length > 1 || graph.get(name)?.includes(name) === true;
    if (loops) found.push(members.toSorted().join(' ↔ '));
  };
  for (const name of graph.keys()) if (!order.has(name)) visit(name);
  return found;
};
