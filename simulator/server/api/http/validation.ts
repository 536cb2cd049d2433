/** Says of a request that does not fit its schema: where, what was expected, what was found. */
import type { Hook } from '@hono/zod-openapi';
import { describeValue } from '../../../core/checks.js';
import type { ApiEnv } from '../options.js';
import { HttpError } from './errors.js';

const PLACES: Readonly<Record<string, string>> = {
  json: 'body',
  form: 'body',
  query: 'query',
  param: 'path',
  header: 'header',
};

const FOUND_LENGTH_MAX = 80;
const NAMES_LENGTH_MAX = 200;

/** Refuses what does not fit, for all routes. */
export const refuseInvalid: Hook<unknown, ApiEnv, string, undefined> = (result) => {
  if (result.success) return undefined;
  const [issue] = result.error.issues;
  const path = issue?.path ?? [];
  const place = [PLACES[result.target] ?? result.target, ...path.map(String)].join('.');
  const given = (result as { readonly data?: unknown }).data;
  if (issue?.code === 'unrecognized_keys') {
    const names = issue.keys.map((name) => JSON.stringify(name)).join(', ');
    throw refusal(`${place}: there is nothing named ${names.slice(0, NAMES_LENGTH_MAX)}`);
  }
  const wish = (issue?.message ?? 'Invalid input')
    .replace(/^[^:]*: |, received .*$/g, '')
    .replace(/^Invalid input$/, 'expected what the reference shows');
  throw refusal(`${place}: ${wish}, found ${foundAt(given, path)}`);
};

const refusal = (message: string): HttpError =>
  new HttpError(400, 'invalid_request', message, 'the reference at /reference tells what is taken');

const foundAt = (given: unknown, path: readonly PropertyKey[]): string => {
  // What was meant to be a key is not repeated.
  if (path.some((part) => /key|token/i.test(String(part)))) return 'something else';
  let value: unknown = given;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return 'nothing';
    value = (value as Readonly<Record<PropertyKey, unknown>>)[part];
  }
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const letters = Array.from(describeValue(value));
  const more = letters.length > FOUND_LENGTH_MAX ? '…' : '';
  return letters.slice(0, FOUND_LENGTH_MAX).join('') + more;
};
