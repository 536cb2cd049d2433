import { remedyFor } from '../../runner/unreachable.js';
import type { Finding } from '../finding.js';
import type { AnswerSeen, Known } from '../seen.js';
import { duration, urlWith } from './words.js';
import { later, say, translate } from '../../../language/say.js';

const FAILS = later('an attempt without an answer counts as failed');

export const judgeAnswer = (seen: AnswerSeen, { target, reach }: Known): readonly Finding[] => {
  const who = reach?.listener ?? say`the receiver`;
  const blocks = (slug: string, rest: Omit<Finding, 'id' | 'severity'>): readonly Finding[] => [
    { id: `answer/${slug}`, severity: 'blocks', ...rest },
  ];
  switch (seen.kind) {
    case 'hangs':
      return blocks('hangs', {
        title: say`${who} takes the request and never answers`,
        seen: say`no answer to a POST within ${seen.detail}; a GET is ${seen.answersGet === true ? 'answered' : say`not answered either`}`,
        why: say`Truora is thought to wait for ${duration(target.timeoutMs)} (INF), and takes silence for a failure`,
        mend:
          seen.answersGet === true
            ? say`the handler of this route never ends its response: send it on every path through the code, and await what it calls`
            : say`the process is stuck, or stopped in a debugger: restart it and look where it waits; ${remedyFor('timeout')}`,
      });
    case 'closes':
      return blocks('closes', {
        title: say`${who} takes the connection and closes it without an answer`,
        seen: say`${seen.detail}; a GET is ${seen.answersGet === true ? 'answered' : say`not answered either`}`,
        why: translate(FAILS),
        mend:
          seen.answersGet === true
            ? say`the handler crashes or destroys the connection: look into its log`
            : say`a proxy or port forwarding without a server behind it does so, and so does a server that crashes: look into its log`,
      });
    case 'not-http':
      return blocks('not-http', {
        title: say`what listens on port ${target.port} does not speak HTTP`,
        seen: say`it said “${seen.detail}”`,
        why: say`another program has the port, or the receiver listens on another one`,
        mend: remedyFor('protocol'),
      });
    case 'speaks-tls':
      return blocks('speaks-tls', {
        title: say`the port speaks TLS, not plain HTTP`,
        seen: seen.detail,
        why: translate(FAILS),
        mend: say`use ${urlWith(target.shown, { scheme: 'https' })}`,
      });
    case 'http':
      return [];
  }
};

export const describeAnswer = ({ kind, version, reply, detail }: AnswerSeen): string => {
  if (kind !== 'http') return detail;
  const server = reply.headers['server'] ?? reply.headers['x-powered-by'];
  const said = server === undefined ? '' : `, ${server.slice(0, 60)}`;
  return say`HTTP/${version ?? '?'}, status ${reply.status ?? '?'} to a nonsense body${said} (${duration(reply.latencyMs)})`;
};
