import { explainProblem } from '../../runner/problems.js';
import type { Demand } from '../../runner/other-tokens.js';
import type { Finding } from '../finding.js';
import type { BodySeen, Known, Reply } from '../seen.js';
import { readAsText } from './snippets.js';
import { answerOf, isTaken, span } from './words.js';
import { later, say, translate } from '../../../language/say.js';

const WHOLE_BODY = later(
  'the whole body of a delivery is one token, as application/jwt, with no JSON around it (DOC, OBS)',
);

const finding = (slug: string, rest: Omit<Finding, 'id' | 'severity'>): Finding => ({
  id: `body/${slug}`,
  severity: 'blocks',
  ...rest,
});

const jsonOnly = (seen: BodySeen, reply: Reply, path: string): Finding => {
  const { message, remedy } = explainProblem({ kind: 'json-parser-only' }, false, undefined);
  return finding('json-only', {
    title: message,
    seen: seen.early.jwt
      ? say`${answerOf(reply)}, and it came while half of the body was held back; JSON was waited for`
      : say`${answerOf(reply)} to a genuine token, to text and to nothing alike; JSON is told from what is none`,
    why: translate(WHOLE_BODY),
    mend: remedy,
    code: readAsText(reply, path),
  });
};

/** It says 415 whatever the type is, so that the type need not be what it refuses. */
const refusesAllTypes = (seen: BodySeen, reply: Reply, { target }: Known): Finding =>
  finding('content-type', {
    title: say`the receiver answers 415 to ${target.contentType}, and to all that was tried`,
    seen: say`${answerOf(reply)}; as ${seen.labels.map(({ type }) => type).join(', ')} alike`,
    why: translate(WHOLE_BODY),
    mend: say`read this route’s body as text, whatever its content type; if it does, it wants something else, such as a Content-Encoding: its log tells`,
    code: readAsText(reply, target.path),
  });

const wrongType = (seen: BodySeen, reply: Reply, known: Known): Finding => {
  const { target } = known;
  const isAny = seen.labels.length > 0 && seen.labels.every(({ status }) => status === 415);
  if (seen.takenAs === undefined && isAny) return refusesAllTypes(seen, reply, known);
  const taken = seen.takenAs ?? seen.labels.find(({ status }) => status !== 415)?.type;
  return finding('content-type', {
    title: say`the receiver refuses the content type ${target.contentType}`,
    seen: `${answerOf(reply)}${taken === undefined ? '' : say`; as ${taken} the same body is ${seen.takenAs === undefined ? say`answered otherwise` : 'taken'}`}`,
    why: translate(WHOLE_BODY),
    mend: say`read this route’s body as text, whatever its content type`,
    code: readAsText(reply, target.path),
  });
};

/** A receiver may repeat what it was sent. */
const withoutTokens = (text: string): string =>
  text.replaceAll(/eyJ[\w-]*(?:\.[\w-]*)*/g, '(token)');

const refused = (genuine: Reply, demand: Demand | undefined): Finding => {
  const { message, remedy } = explainProblem(
    demand === undefined
      ? { kind: 'refused', answer: answerOf(genuine) }
      : { kind: 'demands', demand },
    false,
    undefined,
  );
  const said = withoutTokens(genuine.text).replaceAll(/\s+/g, ' ').trim().slice(0, 120);
  return finding('refused', {
    title: message,
    seen: said === '' ? answerOf(genuine) : `${answerOf(genuine)}: ${said}`,
    why: say`it was signed with the given key, issued now, under the documented content type`,
    mend: remedy,
  });
};

const clock = (agedSeconds: number, genuine: Reply): Finding => {
  const behind = agedSeconds > 0;
  const { message, remedy } = behind
    ? explainProblem({ kind: 'clock-behind' }, false, undefined)
    : {
        message: say`the receiver refuses a fresh token and takes one from the future: its clock is ahead`,
        remedy: say`set its clock, and do not bound the age of iat: retries and replays come hours later`,
      };
  return finding('clock', {
    title: message,
    seen: say`${answerOf(genuine)} to a token issued now; one that is ${span(agedSeconds * 1000)} ${behind ? say`old` : say`ahead`} is taken`,
    why: say`Truora signs with its own clock (REF: iat in seconds), which is right`,
    mend: remedy,
  });
};

/** Whether the body of a delivery is read, and a genuine one taken. */
export const judgeBody = (seen: BodySeen, known: Known): readonly Finding[] => {
  const { route, target } = known;
  if (route === undefined) return [];
  const { genuine, junk } = route;
  const reply = genuine ?? junk;
  const isRefused = genuine !== undefined && !isTaken(genuine);
  if (seen.takenAs !== undefined || reply.status === 415) return [wrongType(seen, reply, known)];
  if (seen.onlyJson || (seen.early.jwt && !seen.early.json)) {
    return [jsonOnly(seen, reply, target.path)];
  }
  if (isRefused && seen.takenAgedSeconds !== undefined) {
    return [clock(seen.takenAgedSeconds, genuine)];
  }
  if (isRefused) return [refused(genuine, seen.demand)];
  if (seen.early.jwt && isTaken(reply)) {
    return [
      finding('unread', {
        title: say`the receiver acknowledges a delivery before its body has come`,
        seen: say`${answerOf(reply)} while half of the body was held back, whatever its content type`,
        why: say`what was acknowledged and not read is lost: Truora does not send it again`,
        mend: say`read the body, verify the token and keep the event before answering`,
        code: readAsText(reply, target.path),
      }),
    ];
  }
  if ((junk.status ?? 0) >= 500) {
    return [
      {
        id: 'body/fails-on-nonsense',
        severity: 'warns',
        title: say`a body that is no token makes the receiver fail`,
        seen: say`${answerOf(junk)} to a nonsense body${genuine === undefined ? say`; without --key it is not known whether genuine deliveries fare better` : ''}`,
        why: say`5xx on bad input looks like an outage: anyone can fill its log, and it hides real failures`,
        mend: say`catch what the verification throws, and answer 400 or 401`,
      },
    ];
  }
  return [];
};

export const describeBody = ({ early }: BodySeen, { route, target }: Known): string => {
  const { genuine, junk } = route ?? {};
  const waits = early.jwt ? say`answered before it was read` : say`read to its end`;
  const reply = genuine ?? junk;
  return say`${target.contentType} is ${waits}, ${reply === undefined ? '' : answerOf(reply)}${genuine === undefined ? say` (nothing genuine was sent)` : say` to a genuine delivery`}`;
};
