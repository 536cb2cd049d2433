import type { CaseContext, ContractCase, Observations } from '../runner/case.js';
import { describeAnswer, statusOf } from '../runner/judge.js';
import { watchApplied } from '../runner/watch.js';
import { transportCase } from './transport-case.js';
import type { Family } from '../runner/family.js';
import { plainHead } from './wire.js';
import { say } from '../../language/say.js';

const slow: Family = {
  name: 'slow-clients',
  why: 'A connection that sends a byte now and then costs its owner nothing. Where each holds a thread, a lock or a place, a few dozen shut out Truora.',
  fix: 'Put a server in front that reads requests before it passes them on, or set short time-outs for headers and bodies.',
};

const CONNECTIONS = 50;
const EVERY_MS = 200;
/** Connections are given this long to be taken in. */
const SETTLE_MS = 100;
/** Longer than this, or three times what it takes without slow clients, is no answer. */
const PATIENCE_MS = 1000;
const PATIENCE_FACTOR = 3;

/** One delivery before, one beside slow connections, each of which began with `start`. */
const besideSlowClients = async (context: CaseContext, start: string): Promise<Observations> => {
  const deliver = async (label: string, timeoutMs: number) => {
    const event = context.event();
    return context.send('oddity', [event], context.token([event]), { label, timeoutMs });
  };
  const before = await deliver('before', context.timeoutMs);
  const patienceMs = Math.min(
    context.timeoutMs,
    Math.max(PATIENCE_MS, PATIENCE_FACTOR * before.exchange.latencyMs),
  );
  const connections = await context.raw?.drip({
    url: context.url,
    connections: CONNECTIONS,
    start: Buffer.from(start),
    drop: Buffer.from('a'),
    everyMs: EVERY_MS,
  });
  await context.wait(SETTLE_MS);
  const beside = await deliver(`beside ${CONNECTIONS} slow clients`, patienceMs);
  connections?.cut();
  const attempts = [before, beside];
  return {
    attempts,
    watched: watchApplied(attempts),
    judge: () => ({
      verdict:
        statusOf(before) === undefined
          ? 'inconclusive'
          : statusOf(beside) === undefined
            ? 'failed'
            : 'passed',
      expected: say`an answer within ${Math.round(patienceMs)} ms`,
      actual: attempts.map((one) => `${one.label}: ${describeAnswer(one)}`).join('; '),
    }),
  };
};

/** Fifty clients that are never done. */
export const slowCases: readonly ContractCase[] = [
  transportCase(slow, {
    slug: 'slow-headers',
    catalogue: 'P24',
    title: 'answers beside 50 connections that never end their headers',
    rule: 'One client’s slowness is not the next one’s.',
    source: 'CVE-2018-12122; CWE-400',
    severity: 'medium',
    level: 'should',
    stage: 'alone',
    needs: ['socket'],
    run: async (context) =>
      besideSlowClients(context, `${plainHead(context, 'a').slice(0, -2)}X-Slow: `),
  }),
  transportCase(slow, {
    slug: 'slow-bodies',
    catalogue: 'P25',
    title: 'answers beside 50 connections that never end their bodies',
    rule: 'One client’s slowness is not the next one’s.',
    source: 'CWE-400',
    severity: 'medium',
    level: 'should',
    stage: 'alone',
    needs: ['socket'],
    run: async (context) => {
      const body = context.token([context.event()]);
      return besideSlowClients(context, `${plainHead(context, body)}${body.slice(0, 10)}`);
    },
  }),
];
