import type { ContractCase } from '../runner/case.js';
import { describeAnswer, statusOf } from '../runner/judge.js';
import { watchAbsent } from '../runner/watch.js';
import { createForgeKit, signed } from '../verification/forge.js';
import { say } from '../../language/say.js';

const INJECTED = 'x-hookproof-injected';

/** The body may name the id to help debugging; it is the header that can do harm. */
const inBody: ContractCase = {
  kind: 'sends',
  id: 'response/body-repeats-nothing-unverified',
  catalogue: 'P52',
  suite: 'response',
  family: 'leaks',
  level: 'may',
  severity: 'info',
  title: 'repeats nothing of a forged token in its body',
  rule: 'Claims that were not verified are a stranger’s text.',
  source: 'CWE-116',
  why: 'Whoever reads your answers or logs as HTML reads a stranger’s text.',
  fix: 'Answer a fixed text.',
  needs: [],
  stage: 'group',
  run: async (context) => {
    const event = context.event();
    const { payload, strangersKey } = createForgeKit(context, event);
    const attempt = await context.send('hostile', [event], signed({ payload, key: strangersKey }), {
      label: 'a forged id',
    });
    const body = Buffer.from(attempt.exchange.body).toString('utf8');
    const repeats = body.includes(context.keyOf(event)) && !body.includes('eyJ');
    return {
      attempts: [attempt],
      watched: watchAbsent([attempt]),
      judge: () => ({
        verdict: repeats ? 'failed' : 'passed',
        expected: say`no mention of the id`,
        actual: repeats ? say`the body names it` : 'none',
      }),
    };
  },
};

/** What an answer may say of a token that was not verified: nothing. */
export const reflectionCases: readonly ContractCase[] = [
  {
    kind: 'sends',
    id: 'response/reflects-nothing-unverified',
    catalogue: 'P52',
    suite: 'response',
    family: 'leaks',
    level: 'should',
    severity: 'low',
    title: 'repeats nothing of a forged token in its headers',
    rule: 'Claims that were not verified are a stranger’s text.',
    source: 'CWE-113',
    why: 'A header that repeats a stranger’s text, line breaks included, lets the stranger write headers of his own, or ends in an exception.',
    fix: 'Answer a fixed text, and put nothing from an unverified token into a header.',
    needs: [],
    stage: 'group',
    run: async (context) => {
      const plain = context.event();
      const broken = context.rekey(plain, `${context.keyOf(plain)}\r\n${INJECTED}: 1`);
      const attempts = await Promise.all(
        Object.entries({ 'a forged id': plain, 'a forged id with a line break': broken }).map(
          async ([label, event]) => {
            const { claims, strangersKey } = createForgeKit(context, plain);
            const body = signed({ payload: { ...claims, events: [event] }, key: strangersKey });
            return context.send('hostile', [plain], body, { label });
          },
        ),
      );
      const bad = attempts.filter((attempt) => {
        const headers = Object.entries(attempt.exchange.headers).flat();
        const repeats = headers.some(
          (text) => text.includes(context.keyOf(plain)) || text.includes(INJECTED),
        );
        return repeats || (statusOf(attempt) ?? 0) >= 500;
      });
      return {
        attempts,
        watched: watchAbsent(attempts),
        judge: () => ({
          verdict: bad.length === 0 ? 'passed' : 'failed',
          expected: say`no header with the id, and no 5xx`,
          actual:
            bad.length === 0
              ? 'none'
              : bad.map((attempt) => `${attempt.label}: ${describeAnswer(attempt)}`).join('; '),
        }),
      };
    },
  },
  inBody,
];
