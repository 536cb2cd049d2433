import type { ContractCase } from '../runner/case.js';
import {
  allOf,
  appliesOnce,
  asksToComeBack,
  describeAnswer,
  isAcknowledged,
  refusesAll,
  takesEach,
} from '../runner/judge.js';
import { watchApplied } from '../runner/watch.js';
import { createForgeKit, signed } from '../verification/forge.js';
import { transportCase } from './transport-case.js';
import type { Family } from '../runner/family.js';
import { say } from '../../language/say.js';

const connections: Family = {
  name: 'shared-connection',
  why: 'Something of one request is still there for the next on the same connection: a forgery passes on another’s proof, or a genuine delivery hangs.',
  fix: 'Keep nothing between requests; read or close what you refuse.',
};

const MEBIBYTE = 1 << 20;

/** Several requests on one connection. */
export const connectionCases: readonly ContractCase[] = [
  transportCase(connections, {
    slug: 'keep-alive-alternating',
    catalogue: 'P29',
    title: 'judges 100 requests on one connection each by itself',
    rule: 'Each request is verified by itself.',
    source: 'state that leaks between requests',
    severity: 'high',
    stage: 'alone',
    run: async (context) => {
      const shots = Array.from({ length: 100 }, (_unused, index) => {
        const event = context.event();
        const kit = createForgeKit(context, event);
        return index % 2 === 0
          ? { intent: 'genuine' as const, event, body: kit.token }
          : {
              intent: 'hostile' as const,
              event,
              body: signed({ payload: kit.payload, key: kit.strangersKey }),
            };
      });
      const attempts = await context.onOneConnection(
        shots.map(({ intent, event, body }, index) => ({
          intent,
          events: [event],
          body,
          label: `${intent} ${index + 1}`,
        })),
      );
      const having = (intent: 'genuine' | 'hostile') =>
        attempts.filter((attempt) => attempt.intent === intent);
      // A limit counts requests, whatever their connection: who is sent away by it comes again.
      const taken = await Promise.all(
        having('genuine').map(async (attempt) =>
          asksToComeBack(attempt)
            ? (await context.deliver(attempt.events, { label: `${attempt.label}, again` })).slice(
                -1,
              )
            : [attempt],
        ),
      );
      return {
        attempts,
        watched: shots.map(({ event, intent }) => ({
          event,
          expected: intent === 'genuine' ? (1 as const) : (0 as const),
        })),
        judge: (seen) => allOf(takesEach(taken.flat(), seen), refusesAll(having('hostile'), seen)),
      };
    },
  }),
  transportCase(connections, {
    slug: 'pipelined',
    catalogue: 'P30',
    title: 'answers pipelined requests in their order',
    rule: 'Answers come in the order of the requests, or the connection is closed.',
    source: 'RFC 9112 §9.3.2',
    severity: 'medium',
    level: 'should',
    needs: ['socket'],
    run: async (context) => {
      const shots = (['genuine', 'hostile', 'genuine'] as const).map((kind, index) => {
        const event = context.event();
        const kit = createForgeKit(context, event);
        return {
          // One that is not answered is no failed delivery: few servers answer them all.
          intent: kind === 'hostile' ? kind : ('oddity' as const),
          events: [event],
          body:
            kind === 'hostile'
              ? signed({ payload: kit.payload, key: kit.strangersKey })
              : kit.token,
          label: `${kind} ${index + 1}`,
        };
      });
      const attempts = await context.pipeline(shots);
      const hostile = attempts.filter(({ intent }) => intent === 'hostile');
      const genuine = attempts.filter(({ intent }) => intent !== 'hostile');
      const refused = genuine.filter(
        (one) =>
          one.exchange.outcome.kind === 'response' && !isAcknowledged(one) && !asksToComeBack(one),
      );
      const taken = genuine.filter(isAcknowledged).flatMap(({ events }) => events);
      return {
        attempts,
        watched: watchApplied(attempts),
        judge: (seen) =>
          allOf(
            refusesAll(hostile, seen, { closes: true }),
            {
              verdict: refused.length === 0 ? 'passed' : 'failed',
              expected: say`a 2xx answer to each genuine one that is answered`,
              actual: attempts.map((one) => `${one.label}: ${describeAnswer(one)}`).join('; '),
            },
            ...(seen.facts.effects && taken.length > 0 ? [appliesOnce(taken, seen)] : []),
          ),
      };
    },
  }),
  transportCase(connections, {
    slug: 'request-after-a-refused-body',
    catalogue: 'P31',
    title: 'answers the next request on a connection after it refused a large body',
    rule: 'Read what you refuse, or close the connection.',
    source: 'RFC 9112 §9.6',
    severity: 'medium',
    level: 'should',
    stage: 'alone',
    needs: ['socket'],
    run: async (context) => {
      const event = context.event();
      const attempts = await context.onOneConnection([
        { intent: 'oddity', events: [], body: 'A'.repeat(2 * MEBIBYTE), label: '2 MiB of A' },
        {
          intent: 'genuine',
          events: [event],
          body: context.token([event]),
          label: 'genuine, next',
        },
      ]);
      const genuine = attempts.slice(1);
      return {
        attempts,
        watched: [{ event, expected: 1 }],
        judge: (seen) => takesEach(genuine, seen),
      };
    },
  }),
];
