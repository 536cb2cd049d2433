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
import { acknowledgesAll, refusesAll, staysCalm, takesEach } from '../runner/judge.js';
import { watchAbsent, watchApplied } from '../runner/watch.js';
import { createForgeKit } from './forge.js';
import type { ForgeKit } from './forge.js';

/** What all rows of one family share. */
export interface Family {
  readonly name: string;
  readonly why: string;
  readonly fix: string;
  readonly suite?: SendingCase['suite'];
}

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
  /** A server may cut the connection instead of answering. */
  readonly closes?: boolean;
  /** A genuine part inside may be taken: without effects to look at, a 2xx proves nothing. */
  readonly mixed?: boolean;
  /** Only the acknowledgement counts: a receiver may rightly do nothing with it. */
  readonly acknowledgedOnly?: boolean;
}

type Judge = (attempts: readonly Attempt[], row: TokenRow, seen: Seen) => Judgement;

const build = (
  family: Family,
  row: TokenRow,
  options: { readonly intent: Intent; readonly level: Level; readonly judge: Judge },
): SendingCase => ({
  kind: 'sends',
  id: `${family.suite ?? 'verification'}/${row.slug}`,
  catalogue: row.catalogue,
  suite: family.suite ?? 'verification',
  family: family.name,
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
    const sent = await Promise.all(
      Object.entries(row.bodies).map(async ([label, make]) => {
        const event = context.event();
        const body = make(createForgeKit(context, event));
        if (body === undefined) return [];
        return intent === 'genuine'
          ? (await context.deliver([event], { ...row.send, label, body: () => body })).slice(-1)
          : [await context.send(intent, [event], body, { ...row.send, label })];
      }),
    );
    const attempts = sent.flat();
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
  expected: 'a token that differs from a genuine one',
  actual: 'with this key it would be a genuine token',
};

const levelOf = (severity: Severity): Level =>
  severity === 'critical' || severity === 'high' ? 'must' : 'should';

/** Attempts that must have no effect. */
export const hostile = (family: Family, row: TokenRow): SendingCase =>
  build(family, row, {
    intent: 'hostile',
    level: levelOf(row.severity),
    judge: (attempts, { closes = false }, seen) => refusesAll(attempts, seen, { closes }),
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
    judge: (attempts, _row, seen) => staysCalm(attempts, seen),
  });
