/** Reads `fixtures/tokens` as its users do. */
import { readFileSync, readdirSync } from 'node:fs';
import type { Vector, VectorFile } from './generate.js';

export const folder = new URL('../../fixtures/tokens/', import.meta.url);

/** The names of the files with vectors in them. */
export const vectorFiles = (): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'vectors.schema.json')
    .toSorted();

export const readVectors = (): readonly Vector[] =>
  vectorFiles().flatMap(
    (name) => (JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as VectorFile).vectors,
  );
