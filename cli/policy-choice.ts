import { readFile } from 'node:fs/promises';
import { HookproofError, type PolicyChoice, createPolicy, policies } from '../simulator/index.js';

const isName = (text: string): text is keyof typeof policies => Object.hasOwn(policies, text);

/**
 * A reading of the delivery rules: one by name, or a JSON file with the fields in which it differs
 * from the documented one.
 *
 * @throws {HookproofError} `invalid_argument`
 */
export const readPolicyChoice = async (text: string): Promise<PolicyChoice> => {
  if (isName(text)) return text;
  const names = Object.keys(policies).join(', ');
  const content = await readFile(text, 'utf8').catch((error: unknown) => {
    const why = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new HookproofError(
      'invalid_argument',
      `--policy: there is no reading and no file '${text}'${why}`,
      `name one of ${names}, or a JSON file of policy fields`,
    );
  });
  let fields: unknown;
  try {
    fields = JSON.parse(content);
  } catch {
    fields = undefined;
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw new HookproofError(
      'invalid_argument',
      `--policy: ${text} holds no JSON object`,
      'write the fields that differ, such as {"attemptsMin": 5}',
    );
  }
  return createPolicy(fields);
};
