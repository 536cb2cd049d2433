import { describe, expect, test } from 'vitest';
import type { CaseContext, SendingCase } from '../../contracts/runner/case.js';
import { play } from '../../contracts/runner/play.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { attemptOf, eventOf } from './attempts.js';
import type { Answer } from './attempts.js';

/** A case that is done when it was called. */
const caseOf = (
  name: string,
  changes: Partial<Pick<SendingCase, 'family' | 'stage' | 'needs'>> = {},
): SendingCase => ({
  kind: 'sends',
  id: `verification/${name}`,
  catalogue: 'V001',
  suite: 'verification',
  family: 'one',
  level: 'must',
  severity: 'high',
  title: 'does what it should',
  rule: 'It is so.',
  source: 'RFC 7515',
  why: 'It hurts.',
  fix: 'Mend it.',
  needs: [],
  stage: 'group',
  ...changes,
  run: async () => ({
    attempts: [],
    watched: [],
    judge: () => ({ verdict: 'passed', expected: '', actual: '' }),
  }),
});

/** Plays cases; a control is answered 200, or as `answerTo` says by what came before. */
const playAll = async (
  cases: readonly SendingCase[],
  answerTo: (context: string) => Answer = () => 200,
) => {
  const log: string[] = [];
  let nowMs = 0;
  const made = await play({
    isAborted: () => false,
    cases: cases.map((one) => ({
      ...one,
      run: async (context: CaseContext) => {
        log.push(one.id);
        return one.run(context);
      },
    })),
    contextOf: (id) =>
      ({
        facts: { effects: true },
        sink: undefined,
        raw: undefined,
        controls: {},
        event: () => eventOf(id),
        nowMs: () => nowMs,
        deliver: async (events: readonly TruoraEvent[]) => {
          // The next control may begin before this one has ended.
          await new Promise((resolve) => setImmediate(resolve));
          log.push(id);
          const answer = answerTo(id);
          if (answer === 'timeout') nowMs += 9_000;
          return [attemptOf(answer, { events })];
        },
      }) as unknown as CaseContext,
    onProgress: () => undefined,
    statesSeen: false,
    count: async () => {
      log.push('count');
    },
  });
  return { log, ...made };
};

const kindsOf = ({ played }: Awaited<ReturnType<typeof playAll>>) =>
  Object.fromEntries([...played].map(([id, { kind }]) => [id.replace(/^.*\//, ''), kind]));

describe('a play', () => {
  test('puts each family between two controls, then what is alone, then what is last', async () => {
    const { log, controls } = await playAll([
      caseOf('z', { stage: 'last' }),
      caseOf('loads', { stage: 'alone' }),
      caseOf('a'),
      caseOf('b', { family: 'two' }),
      caseOf('c'),
    ]);
    const cases = log.filter((line) => !line.startsWith('control'));
    expect(cases.map((id) => id.replace('verification/', ''))).toEqual([
      'a',
      'c',
      'b',
      'loads',
      'count',
      'z',
    ]);
    expect(controls.map(({ after }) => after).toSorted()).toEqual([
      'after one',
      'after one',
      'after the cases that wait',
      'after two',
      'after verification/loads',
      'before the first case',
    ]);
  });

  test('gives each control an event of its own, also where two are under way', async () => {
    const { controls } = await playAll([
      caseOf('a'),
      caseOf('b', { family: 'two' }),
      caseOf('waits', { stage: 'patient' }),
      caseOf('z', { stage: 'last' }),
    ]);
    const events = controls.map(({ event }) => event.id);
    expect(events).toHaveLength(5);
    expect(new Set(events).size).toBe(events.length);
  });

  test('sends nothing where the first control is not taken', async () => {
    const made = await playAll([caseOf('a'), caseOf('waits', { stage: 'patient' })], () => 503);
    expect(made.log).toEqual(['control 0']);
    expect(kindsOf(made)).toEqual({ a: 'blocked', waits: 'blocked' });
  });

  test.each<Answer>([401, 500, 'reset', 'timeout'])(
    'sends nothing further after a control that is answered %s',
    async (answer) => {
      const made = await playAll(
        [caseOf('a'), caseOf('b', { family: 'two' }), caseOf('z', { stage: 'last' })],
        (context) => (context === 'control 0' ? 200 : answer),
      );
      expect(kindsOf(made)).toEqual({ a: 'sent', b: 'blocked', z: 'blocked' });
      expect(made.log).not.toContain('count');
    },
  );

  test.each(['sink', 'socket'] as const)(
    'leaves out what needs a %s that is not there',
    async (need) => {
      const made = await playAll([caseOf('a', { needs: [need] }), caseOf('b')]);
      expect(made.played.get('verification/a')).toEqual({ kind: 'unmet', need });
      expect(kindsOf(made)).toEqual({ a: 'unmet', b: 'sent' });
    },
  );

  test('closes a case by the control after its own family', async () => {
    const { played } = await playAll([caseOf('a'), caseOf('b', { family: 'two' })]);
    const closedBy = (id: string): string | undefined => {
      const entry = played.get(`verification/${id}`);
      return entry?.kind === 'sent' ? entry.closedBy()?.after : undefined;
    };
    expect([closedBy('a'), closedBy('b')]).toEqual(['after one', 'after two']);
  });
});

describe('a backlog', () => {
  /** The control after the case is not answered so many times. */
  const lateBy = (times: number) => {
    let left = times;
    return (id: string): Answer => (id === 'control 2' && left-- > 0 ? 'timeout' : 200);
  };

  test('of genuine deliveries is waited for', async () => {
    const { controls } = await playAll([caseOf('loads', { stage: 'alone' })], lateBy(3));
    expect(controls.at(-1)).toMatchObject({ after: 'after verification/loads', taken: true });
    expect(controls.at(-1)?.attempts).toHaveLength(4);
  });

  test('is not waited for longer than Truora waits', async () => {
    const { controls } = await playAll([caseOf('loads', { stage: 'alone' })], lateBy(5));
    expect(controls.at(-1)).toMatchObject({ taken: false });
    expect(controls.at(-1)?.attempts).toHaveLength(5);
  });

  test('of anything else is not', async () => {
    const { controls } = await playAll([caseOf('attacks')], (id) =>
      id === 'control 2' ? 'timeout' : 200,
    );
    expect(controls.some(({ taken }) => !taken)).toBe(true);
  });
});
