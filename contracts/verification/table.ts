import type {
  Attempt,
  Intent,
  Judgement,
  Level,
  Seen,
  SendOptions,
  SendingCase,
  Severity,
} from '../runner/case.js';
import { type Family, casesOf } from '../runner/family.js';
import { acknowledgesAll, allOf, refusesAll, staysCalm, takesEach } from '../runner/judge.js';
import { watchAbsent, watchApplied } from '../runner/watch.js';
import { createForgeKit, withMac } from './forge.js';
import type { ForgeKit } from './forge.js';
import { staysIdle } from './idle.js';
import { againLabel, answersWithin, isSlow, plainLabel } from './slowness.js';
import { later } from '../../language/say.js';

export type { Family } from '../runner/family.js';

/** Builds the body of one attempt; undefined leaves it out (it would be a genuine one here). */
export type Build = (kit: ForgeKit) => string | Uint8Array | undefined;

/** One row: what is sent, and what a right receiver does with it. */
export interface TokenRow {
  readonly slug: string;
  readonly catalogue: string;
  readonly title: string;
  readonly rule: string;
  readonly source: string;
  readonly severity: Severity;
  readonly level?: Level;
  readonly why?: string;
  readonly fix?: string;
  /** Several attempts of one kind, each under its own label and with an event of its own. */
  readonly bodies: Readonly<Record<string, Build>>;
  readonly send?: Omit<SendOptions, 'label'>;
  readonly stage?: SendingCase['stage'];
  /**
   * An answer that takes longer, or no answer, fails a hostile row where it does so again and a
   * plain forgery is refused faster. In milliseconds.
   */
  readonly slowMs?: number;
  /** A server may cut the connection instead of answering. */
  readonly closes?: boolean;
  /** A genuine part inside may be taken: without effects to look at, a 2xx proves nothing. */
  readonly mixed?: boolean;
  /** Whatever an oddity is answered, where effects can be seen it must have none. */
  readonly withoutEffect?: boolean;
  /** Only the acknowledgement counts: a receiver may rightly do nothing with it. */
  readonly acknowledgedOnly?: boolean;
}

type Send = (label: string, make: Build) => Promise<readonly Attempt[]>;

const plainForgery: Build = (kit) => withMac(kit, new Uint8Array(32));

/** Sends each body of a row; where one was slow, a plain forgery and its like again. */
const sendAll = async ({ bodies, slowMs }: TokenRow, send: Send): Promise<readonly Attempt[]> => {
  const sent = await Promise.all(
    Object.entries(bodies).map(async ([label, make]) => {
      const first = await send(label, make);
      if (slowMs === undefined || !first.some((attempt) => isSlow(attempt, slowMs))) return first;
      const plain = await send(plainLabel(label), plainForgery);
      return [...first, ...plain, ...(await send(againLabel(label), make))];
    }),
  );
  return sent.flat();
};

type Judge = (attempts: readonly Attempt[], row: TokenRow, seen: Seen) => Judgement;

const tokenCase = casesOf('verification');

const build = (
  family: Family,
  row: TokenRow,
  options: { readonly intent: Intent; readonly level: Level; readonly judge: Judge },
): SendingCase =>
  tokenCase(family, {
    slug: row.slug,
    catalogue: row.catalogue,
    level: row.level ?? options.level,
    severity: row.severity,
    title: row.title,
    rule: row.rule,
    source: row.source,
    why: row.why ?? family.why,
    fix: row.fix ?? family.fix,
    needs: row.mixed === true ? ['effects'] : [],
    stage: row.stage ?? 'group',
    run: async (context) => {
      const { intent, judge } = options;
      const attempts = await sendAll(row, async (label, make) => {
        const event = context.event();
        const body = make(createForgeKit(context, event));
        if (body === undefined) return [];
        return intent === 'genuine'
          ? (await context.deliver([event], { ...row.send, label, body: () => body })).slice(-1)
          : [await context.send(intent, [event], body, { ...row.send, label })];
      });
      return {
        attempts,
        watched:
          intent === 'genuine' && row.acknowledgedOnly !== true
            ? watchApplied(attempts)
            : watchAbsent(attempts),
        judge: (seen) => (attempts.length === 0 ? GENUINE_HERE : judge(attempts, row, seen)),
      };
    },
  });

const GENUINE_HERE: Judgement = {
  verdict: 'skipped',
  expected: later('a token that differs from a genuine one'),
  actual: later('with this key it would be a genuine token'),
};

const levelOf = (severity: Severity): Level =>
  severity === 'critical' || severity === 'high' ? 'must' : 'should';

/** Attempts that must have no effect. */
export const hostile = (family: Family, row: TokenRow): SendingCase =>
  build(family, row, {
    intent: 'hostile',
    level: levelOf(row.severity),
    judge: (attempts, { closes = false, slowMs }, seen) => {
      const refusal = refusesAll(attempts, seen, { closes });
      return slowMs === undefined ? refusal : allOf(refusal, answersWithin(attempts, slowMs));
    },
  });

/** Genuine deliveries, spelled in another way, that must be taken. */
export const genuine = (family: Family, row: TokenRow): SendingCase =>
  build(family, row, {
    intent: 'genuine',
    level: 'must',
    judge: (attempts, { acknowledgedOnly = false }, seen) =>
      acknowledgedOnly ? acknowledgesAll(attempts) : takesEach(attempts, seen),
  });

/** Odd but harmless: only a 5xx, a hang or a second effect is wrong. */
export const oddity = (family: Family, row: TokenRow): SendingCase =>
  build(family, row, {
    intent: 'oddity',
    level: 'should',
    judge: (attempts, { withoutEffect = false }, seen) =>
      withoutEffect ? staysIdle(attempts, seen) : staysCalm(attempts, seen),
  });
