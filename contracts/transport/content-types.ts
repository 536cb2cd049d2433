import type { ContractCase } from '../runner/case.js';
import { staysCalm, takesEach } from '../runner/judge.js';
import { watchAbsent } from '../runner/watch.js';
import { transportCase } from './transport-case.js';
import type { Family } from '../runner/family.js';

const parsing: Family = {
  name: 'content-types',
  why: 'Body parsers choose by Content-Type: with another one the body is empty or something else, and the handler falls over.',
  fix: 'Read the raw body as text for every content type, and answer 4xx when there is none.',
};

/** Content types that Truora does not send, and that body parsers know. */
export const OTHER_TYPES = [
  'text/plain',
  'text/plain; charset=utf-8',
  'TEXT/PLAIN',
  'application/json',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
] as const;

/** What a delivery's content type may do to it. */
export const contentTypeCases: readonly ContractCase[] = [
  transportCase(parsing, {
    slug: 'content-type-with-charset',
    catalogue: 'P06',
    title: 'takes its content type with a charset',
    rule: 'A media type may carry parameters.',
    source: 'RFC 9110 §8.3.1',
    severity: 'medium',
    level: 'should',
    why: 'A comparison with === breaks as soon as a proxy or a new sender adds a charset.',
    fix: 'Compare the media type without its parameters.',
    run: async (context) => {
      const event = context.event();
      const contentType = `${context.facts.contentType.split(';')[0] ?? ''}; charset=utf-8`;
      const attempts = await context.deliver([event], { label: contentType, contentType });
      return {
        attempts,
        watched: [{ event, expected: 1 }],
        judge: (seen) => takesEach(attempts.slice(-1), seen),
      };
    },
  }),
  transportCase(parsing, {
    slug: 'other-content-types',
    catalogue: 'P06',
    title: 'stays calm at other content types',
    rule: 'Another content type may be taken or refused, but with an answer below 500.',
    source: 'body parsers that leave the body undefined',
    severity: 'medium',
    level: 'should',
    run: async (context) => {
      const types = [...OTHER_TYPES, null].filter((type) => type !== context.facts.contentType);
      const attempts = await Promise.all(
        types.map(async (contentType) => {
          const event = context.event();
          return context.send('oddity', [event], context.token([event]), {
            label: contentType ?? 'no content type',
            contentType,
          });
        }),
      );
      return {
        attempts,
        watched: watchAbsent(attempts),
        judge: (seen) => staysCalm(attempts, seen),
      };
    },
  }),
];
