/** `--policy`: a reading of the delivery rules by its name, or from a file. */
import { readFile } from 'node:fs/promises';
import { HookproofError, createPolicy, jsonPlace, nearest, policies } from '../simulator/index.js';
import type { DeliveryPolicy } from '../simulator/index.js';
import { say } from '../language/say.js';

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

const names = Object.keys(policies);

const isName = (text: string): text is keyof typeof policies => Object.hasOwn(policies, text);

const isObject = (value: unknown): value is Partial<DeliveryPolicy> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The policy of that name, or of a JSON file with the fields in which it differs from `documented`.
 *
 * @throws {HookproofError} `invalid_argument` for no such name, a file that cannot be read, and a
 *   field that cannot be
 */
export const readPolicy = async (choice: string): Promise<DeliveryPolicy> => {
  if (isName(choice)) return policies[choice];
  if (!/[./\\]/.test(choice)) {
    const near = nearest(choice, names);
    throw wrong(
      say`there is no policy '${choice}'`,
      near === undefined
        ? say`one of ${names.join(', ')}, or a JSON file of policy fields`
        : say`did you mean ${near}?`,
    );
  }
  const fields = await readFields(choice);
  try {
    return createPolicy(fields);
  } catch (error) {
    if (error instanceof HookproofError) throw wrong(`${choice}: ${error.message}`, error.remedy);
    throw error;
  }
};

const readFields = async (file: string): Promise<Partial<DeliveryPolicy>> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw wrong(say`cannot read the policy ${file} (${code})`, say`check the path`);
  }
  try {
    const fields: unknown = JSON.parse(text);
    if (isObject(fields)) return fields;
  } catch {
    throw wrong(
      say`the policy ${file} is not JSON at ${jsonPlace(text)}`,
      say`write an object such as {"attemptsMin": 1}`,
    );
  }
  throw wrong(say`the policy ${file} is no object`, say`write fields such as {"attemptsMin": 1}`);
};
