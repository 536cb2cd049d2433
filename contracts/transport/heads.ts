import type { CaseContext, ContractCase, Intent, Need } from '../runner/case.js';
import { refusesAll, toleratesAll } from '../runner/judge.js';
import { watchAbsent } from '../runner/watch.js';
import { createForgeKit } from '../verification/forge.js';
import { bypass, forged } from './forged.js';
import { transportCase } from './transport-case.js';
import { unusual } from './unusual.js';
import { asHttp10, plainHead, withHost, withTarget } from './wire.js';

/** What is done to the head of an ordinary delivery, by label. */
type Heads = Readonly<Record<string, (head: string) => string>>;

/** Sends one delivery under each head: a forged one where it is hostile. */
const sendUnder = async (context: CaseContext, intent: Intent, heads: Heads) =>
  Promise.all(
    Object.entries(heads).map(async ([label, change]) => {
      const event = context.event();
      const body =
        intent === 'hostile' ? forged(createForgeKit(context, event)) : context.token([event]);
      // Whoever waits for more hears by our end that there is none.
      return context.write(intent, [event], [change(plainHead(context, body)), body], {
        label,
        then: intent === 'hostile' ? 'end' : 'await-answer',
      });
    }),
  );

type Described = Pick<
  ContractCase,
  'catalogue' | 'title' | 'rule' | 'source' | 'severity' | 'level'
> &
  Partial<Pick<ContractCase, 'needs'>> & {
    readonly slug: string;
    readonly heads: (context: CaseContext) => Heads;
  };

/** Another host may be another site, which answers as it likes: its status proves nothing. */
const ELSEWHERE: readonly Need[] = ['socket', 'effects'];

/** Forgeries under heads that may themselves be refused. */
const forgedUnder = ({ heads, ...described }: Described): ContractCase =>
  transportCase(bypass, {
    needs: ['socket'],
    ...described,
    run: async (context) => {
      const attempts = await sendUnder(context, 'hostile', heads(context));
      return {
        attempts,
        watched: watchAbsent(attempts),
        judge: (seen) => refusesAll(attempts, seen, { closes: true }),
      };
    },
  });

/** Genuine deliveries under heads that may be taken or refused. */
const genuineUnder = ({ heads, ...described }: Described): ContractCase =>
  transportCase(unusual, {
    needs: ['socket'],
    ...described,
    run: async (context) => {
      const attempts = await sendUnder(context, 'oddity', heads(context));
      return {
        attempts,
        watched: watchAbsent(attempts),
        judge: (seen) => toleratesAll(attempts, seen),
      };
    },
  });

const NO_EFFECT = 'Nothing but a verified token has an effect.';

/** Puts a line before the empty one. */
const adding =
  (...lines: readonly string[]) =>
  (head: string): string =>
    head.replace(/\r\n\r\n$/, `\r\n${lines.join('\r\n')}\r\n\r\n`);

const LARGE_BYTES = 17 * 1024;
const MANY = 500;

/** Request lines and headers of other times, other hosts and other sizes. */
export const headCases: readonly ContractCase[] = [
  genuineUnder({
    slug: 'http-1-0',
    catalogue: 'P32',
    title: 'stays calm at HTTP/1.0, with and without a Host',
    rule: 'An old version of HTTP is taken, or refused with 4xx or 505.',
    source: 'RFC 9112 §2.3, §3.2',
    severity: 'info',
    level: 'may',
    heads: () => ({
      'HTTP/1.0': asHttp10,
      'HTTP/1.0 without Host': (head) => withHost(asHttp10(head)),
    }),
  }),
  genuineUnder({
    slug: 'no-host',
    catalogue: 'P33',
    title: 'stays calm at a request without a Host',
    rule: 'HTTP/1.1 without Host is answered 400, or taken.',
    source: 'RFC 9112 §3.2',
    severity: 'info',
    level: 'may',
    heads: () => ({
      'no Host': (head) => withHost(head),
      'empty Host': (head) => withHost(head, ''),
    }),
  }),
  forgedUnder({
    slug: 'absolute-form-forged',
    catalogue: 'P34',
    title: 'refuses forgeries whose target names another host',
    rule: NO_EFFECT,
    source: 'RFC 9112 §3.2.2',
    severity: 'low',
    level: 'should',
    needs: ELSEWHERE,
    heads: ({ url }) => {
      const { pathname, search } = new URL(url);
      return Object.fromEntries(
        ['http://other.example', 'http://localhost'].map((origin) => [
          `POST ${origin}…`,
          (head: string) => withTarget(head, `${origin}${pathname}${search}`),
        ]),
      );
    },
  }),
  forgedUnder({
    slug: 'host-trusted',
    catalogue: 'P34',
    title: 'refuses forgeries that name the receiver’s own machine as their host',
    rule: NO_EFFECT,
    source: 'a short cut for development, on a header that anyone can write',
    severity: 'high',
    level: 'must',
    needs: ELSEWHERE,
    heads: () =>
      Object.fromEntries(
        ['localhost', '127.0.0.1', 'internal'].map((host) => [
          `Host: ${host}`,
          (head: string) => withHost(head, host),
        ]),
      ),
  }),
  forgedUnder({
    slug: 'odd-lines-forged',
    catalogue: 'P35',
    title: 'refuses forgeries with folded headers or bare line feeds',
    rule: NO_EFFECT,
    source: 'RFC 9112 §2.2, §5.2',
    severity: 'low',
    level: 'should',
    heads: () => ({
      'a folded header': adding('X-Folded: 1', ' 2'),
      'line feeds only': (head) => head.replaceAll('\r\n', '\n'),
    }),
  }),
  forgedUnder({
    slug: 'large-heads-forged',
    catalogue: 'P37',
    title: 'refuses forgeries with 17 KiB of header, or 500 headers',
    rule: NO_EFFECT,
    source: 'RFC 6585 §5',
    severity: 'low',
    level: 'should',
    heads: () => ({
      '17 KiB of header': adding(`X-Large: ${'a'.repeat(LARGE_BYTES)}`),
      '500 headers': adding(...Array.from({ length: MANY }, (_unused, index) => `X-${index}: 1`)),
    }),
  }),
];
