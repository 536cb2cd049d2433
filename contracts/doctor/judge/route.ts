import type { Finding } from '../finding.js';
import type { Known, Reply, RouteSeen } from '../seen.js';
import { judgeFront } from './front.js';
import { judgeRedirect } from './redirect.js';
import { isMissing, knowsNoSuchPath } from './same-answer.js';
import { answerOf, duration, isTaken, urlWith } from './words.js';
import { later, say, translate } from '../../../language/say.js';

const COUNTS = later(
  'any status outside 2xx fails the attempt (INF), and is repeated five times (DOC)',
);

const methodsIn = ({ options, get }: RouteSeen, allowOfPost: string): string => {
  const allow = [allowOfPost, options.headers['allow'] ?? '', get.headers['allow'] ?? ''];
  return allow.find((one) => one !== '') ?? '';
};

const missing = (seen: RouteSeen, known: Known): readonly Finding[] => {
  const { target } = known;
  const reply = seen.genuine ?? seen.junk;
  if (isTaken(seen.get)) {
    return [
      {
        id: 'route/get-only',
        severity: 'blocks',
        title: say`${target.path} takes GET, and not POST`,
        seen: say`POST: ${answerOf(reply)}; GET: ${answerOf(seen.get)}`,
        why: translate(COUNTS),
        mend: say`add a route for POST ${target.path}, or use the receiver’s path`,
      },
    ];
  }
  const unknown = knowsNoSuchPath(seen, target.path);
  const certain = unknown || seen.genuine !== undefined;
  const places = seen.candidates.map((path) => urlWith(target.shown, { path }));
  const hint =
    places.length === 0 ? '' : say`; try ${places.join(say` or `)}, which answers otherwise`;
  return [
    {
      id: 'route/wrong-path',
      severity: certain ? 'blocks' : 'warns',
      title: certain
        ? say`the receiver has no route at ${target.path}`
        : say`${target.path} answers ${reply.status ?? 404} to a nonsense body`,
      seen: say`POST: ${answerOf(reply)}; GET: ${answerOf(seen.get)}${unknown ? say`; a path that no one has is answered alike` : ''}`,
      why: certain
        ? translate(COUNTS)
        : say`a receiver may hide itself so from forgeries, or have no such route: only a genuine delivery tells`,
      mend: `${certain ? say`check the path, and the prefix under which a router is mounted` : say`give --key to know`}${hint}`,
    },
  ];
};

/** What came is no answer that a client can read: a header without end, lines that end wrongly. */
const unreadable = (reply: Reply, { junk }: RouteSeen): Finding => ({
  id: 'route/no-answer',
  severity: 'blocks',
  title: say`the receiver’s answer to a genuine delivery cannot be read`,
  seen: say`${answerOf(reply)} after ${duration(reply.latencyMs)}; a nonsense body: ${answerOf(junk)}`,
  why: say`an attempt without an answer counts as failed, and comes again`,
  mend: say`look at what it answers with curl --include: broken lines, headers over 16 KiB, a length that is wrong`,
});

/** A nonsense body was answered before. */
const noAnswer = (reply: Reply, { junk }: RouteSeen): Finding => ({
  id: 'route/no-answer',
  severity: 'blocks',
  title: say`the receiver answers nonsense, and not a genuine delivery`,
  seen: say`${answerOf(reply)} after ${duration(reply.latencyMs)}; a nonsense body: ${answerOf(junk)}`,
  why: say`an attempt without an answer counts as failed, and comes again`,
  mend: say`what the handler does after the verification hangs or crashes: look into its log; keep the event, answer, and work afterwards`,
});

/** Whether a POST comes to a handler at all. A genuine delivery that is taken settles it. */
export const judgeRoute = (seen: RouteSeen, known: Known): readonly Finding[] => {
  const reply = seen.genuine ?? seen.junk;
  const { status = 0, headers } = reply;
  if (isTaken(reply)) return [];
  if (reply.status === undefined) {
    return [reply.failure === 'protocol' ? unreadable(reply, seen) : noAnswer(reply, seen)];
  }
  if (status >= 300 && status < 400) return judgeRedirect(reply, known);
  if (isMissing(reply)) return missing(seen, known);
  if (status === 405 || status === 501) {
    const allow = methodsIn(seen, headers['allow'] ?? '');
    return [
      {
        id: 'route/wrong-method',
        severity: 'blocks',
        title: say`${known.target.path} does not take POST`,
        seen: say`POST: ${answerOf(reply)}${allow === '' ? '' : say`, Allow: ${allow}`}; GET: ${answerOf(seen.get)}`,
        why: translate(COUNTS),
        mend: say`add a route for POST ${known.target.path}, or use the receiver’s path`,
      },
    ];
  }
  return judgeFront(reply, seen.genuine !== undefined);
};

export const describeRoute = ({ junk, genuine, get }: RouteSeen): string =>
  say`POST ${answerOf(genuine ?? junk)} to ${genuine === undefined ? say`a nonsense body` : say`a genuine delivery`}, GET ${answerOf(get)}`;
