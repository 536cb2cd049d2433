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
import { later, say, translate } from '../../language/say.js';

/** The address that took a connection. */
const openAddress = ({ reach }: Known): string => {
  const open = reach?.connects.filter(({ outcome }) => outcome === 'open') ?? [];
  return (open.find(({ named }) => named) ?? open[0])?.address ?? '';
};

const NO_KEY = later('not judged without --key, or with --no-deliveries');

export const checks: readonly Check[] = [
  defineCheck({
    id: 'environment',
    title: later('environment'),
    needs: [],
    observe: observeEnvironment,
    judge: judgeEnvironment,
    describe: describeEnvironment,
  }),
  defineCheck({
    id: 'name',
    title: later('name'),
    needs: [],
    observe: observeName,
    judge: judgeName,
    describe: describeName,
  }),
  defineCheck({
    id: 'reach',
    title: later('connection'),
    needs: ['name'],
    observe: async (bench, { name, environment }) =>
      name?.kind === 'found' && environment !== undefined
        ? observeReach(bench, name, environment)
        : say`no address`,
    judge: judgeReach,
    describe: describeReach,
  }),
  defineCheck({
    id: 'tls',
    title: later('TLS'),
    needs: ['reach'],
    observe: async (bench, known) =>
      known.target.secure ? observeTls(bench, openAddress(known)) : say`the URL is plain http`,
    judge: judgeTls,
    describe: describeTls,
  }),
  defineCheck({
    id: 'answer',
    title: later('HTTP'),
    needs: ['tls', 'reach'],
    observe: async (bench, known) => observeAnswer(bench, openAddress(known)),
    judge: judgeAnswer,
    describe: describeAnswer,
  }),
  defineCheck({
    id: 'route',
    title: later('path and method'),
    needs: ['answer'],
    observe: async (bench, { answer }) =>
      answer === undefined ? say`no answer` : observeRoute(bench, answer.reply),
    judge: judgeRoute,
    describe: describeRoute,
  }),
  defineCheck({
    id: 'body',
    title: later('body'),
    needs: ['route'],
    observe: async (bench, { route }) =>
      route === undefined ? say`no answer` : observeBody(bench, route),
    judge: judgeBody,
    describe: describeBody,
  }),
  defineCheck({
    id: 'signature',
    title: later('signature'),
    needs: ['body'],
    observe: async (bench, { route, target }) =>
      route !== undefined && target.delivers ? observeSignature(bench, route) : translate(NO_KEY),
    judge: judgeSignature,
    describe: describeSignature,
  }),
  defineCheck({
    id: 'latency',
    title: later('latency'),
    needs: ['body'],
    observe: async (bench, { route }) =>
      route === undefined ? say`no answer` : observeLatency(bench, route),
    judge: judgeLatency,
    describe: describeLatency,
  }),
  defineCheck({
    id: 'limit',
    title: later('body limit'),
    needs: ['latency'],
    observe: async (bench, { route }) =>
      route === undefined ? say`no answer` : observeLimit(bench, route.junk),
    judge: judgeLimit,
    describe: describeLimit,
  }),
  defineCheck({
    id: 'connection',
    title: later('keep-alive'),
    needs: ['body'],
    observe: async (bench) =>
      (await observeConnection(bench)) ?? say`the first request got no answer`,
    judge: judgeConnection,
    describe: describeConnection,
  }),
  defineCheck({
    id: 'expect',
    title: later('Expect'),
    needs: ['answer'],
    observe: observeExpect,
    judge: judgeExpect,
    describe: describeExpect,
  }),
  defineCheck({
    id: 'clock',
    title: later('clock'),
    needs: ['answer'],
    observe: async (bench) => observeClock(bench.dates()) ?? say`no answer has a Date header`,
    judge: judgeClock,
    describe: describeClock,
  }),
];
