/** The checks, causes before what they cause. */
import { defineCheck } from './check.js';
import type { Check } from './check.js';
import { describeAnswer, judgeAnswer } from './judge/answer.js';
import { describeBody, judgeBody } from './judge/body.js';
import { describeClock, judgeClock } from './judge/clock.js';
import {
  describeConnection,
  describeExpect,
  judgeConnection,
  judgeExpect,
} from './judge/connection.js';
import { describeEnvironment, judgeEnvironment } from './judge/environment.js';
import { describeLatency, judgeLatency } from './judge/latency.js';
import { describeLimit, judgeLimit } from './judge/limit.js';
import { describeName, judgeName } from './judge/name.js';
import { describeReach, judgeReach } from './judge/reach.js';
import { describeRoute, judgeRoute } from './judge/route.js';
import { describeSignature, judgeSignature } from './judge/signature.js';
import { describeTls, judgeTls } from './judge/tls.js';
import { observeAnswer } from './observe/answer.js';
import { observeBody } from './observe/body.js';
import { observeClock } from './observe/clock.js';
import { observeConnection, observeExpect } from './observe/connection.js';
import { observeEnvironment } from './observe/environment.js';
import { observeLatency } from './observe/latency.js';
import { observeLimit } from './observe/limit.js';
import { observeName } from './observe/name.js';
import { observeReach } from './observe/reach.js';
import { observeRoute } from './observe/route.js';
import { observeSignature } from './observe/signature.js';
import { observeTls } from './observe/tls.js';
import type { Known } from './seen.js';

/** The address that took a connection. */
const openAddress = ({ reach }: Known): string => {
  const open = reach?.connects.filter(({ outcome }) => outcome === 'open') ?? [];
  return (open.find(({ named }) => named) ?? open[0])?.address ?? '';
};

const NO_KEY = 'not judged without --key, or with --no-deliveries';

export const checks: readonly Check[] = [
  defineCheck({
    id: 'environment',
    title: 'environment',
    needs: [],
    observe: observeEnvironment,
    judge: judgeEnvironment,
    describe: describeEnvironment,
  }),
  defineCheck({
    id: 'name',
    title: 'name',
    needs: [],
    observe: observeName,
    judge: judgeName,
    describe: describeName,
  }),
  defineCheck({
    id: 'reach',
    title: 'connection',
    needs: ['name'],
    observe: async (bench, { name, environment }) =>
      name?.kind === 'found' && environment !== undefined
        ? observeReach(bench, name, environment)
        : 'no address',
    judge: judgeReach,
    describe: describeReach,
  }),
  defineCheck({
    id: 'tls',
    title: 'TLS',
    needs: ['reach'],
    observe: async (bench, known) =>
      known.target.secure ? observeTls(bench, openAddress(known)) : 'the URL is plain http',
    judge: judgeTls,
    describe: describeTls,
  }),
  defineCheck({
    id: 'answer',
    title: 'HTTP',
    needs: ['tls', 'reach'],
    observe: async (bench, known) => observeAnswer(bench, openAddress(known)),
    judge: judgeAnswer,
    describe: describeAnswer,
  }),
  defineCheck({
    id: 'route',
    title: 'path and method',
    needs: ['answer'],
    observe: async (bench, { answer }) =>
      answer === undefined ? 'no answer' : observeRoute(bench, answer.reply),
    judge: judgeRoute,
    describe: describeRoute,
  }),
  defineCheck({
    id: 'body',
    title: 'body',
    needs: ['route'],
    observe: async (bench, { route }) =>
      route === undefined ? 'no answer' : observeBody(bench, route),
    judge: judgeBody,
    describe: describeBody,
  }),
  defineCheck({
    id: 'signature',
    title: 'signature',
    needs: ['body'],
    observe: async (bench, { route, target }) =>
      route !== undefined && target.delivers ? observeSignature(bench, route) : NO_KEY,
    judge: judgeSignature,
    describe: describeSignature,
  }),
  defineCheck({
    id: 'latency',
    title: 'latency',
    needs: ['body'],
    observe: async (bench, { route }) =>
      route === undefined ? 'no answer' : observeLatency(bench, route),
    judge: judgeLatency,
    describe: describeLatency,
  }),
  defineCheck({
    id: 'limit',
    title: 'body limit',
    needs: ['latency'],
    observe: async (bench, { route }) =>
      route === undefined ? 'no answer' : observeLimit(bench, route.junk),
    judge: judgeLimit,
    describe: describeLimit,
  }),
  defineCheck({
    id: 'connection',
    title: 'keep-alive',
    needs: ['body'],
    observe: async (bench) => (await observeConnection(bench)) ?? 'the first request got no answer',
    judge: judgeConnection,
    describe: describeConnection,
  }),
  defineCheck({
    id: 'expect',
    title: 'Expect',
    needs: ['answer'],
    observe: observeExpect,
    judge: judgeExpect,
    describe: describeExpect,
  }),
  defineCheck({
    id: 'clock',
    title: 'clock',
    needs: ['answer'],
    observe: async (bench) => observeClock(bench.dates()) ?? 'no answer has a Date header',
    judge: judgeClock,
    describe: describeClock,
  }),
];
