import { describe, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../simulator/server/log.js';
import type { LogOptions } from '../../simulator/server/log.js';
import { openLab } from './api-lab.js';

const logging = (options: Partial<LogOptions> = {}) => {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  return { lines, log: createLog({ level: 'info', form: 'json', write, ...options }) };
};

describe('the log', () => {
  test('is a JSON object a line, with its instant and level', () => {
    const { log, lines } = logging();
    log.warn({ hook: 'HOK1', failed: 9 }, 'the hook was disabled');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.endsWith('\n')).toBe(true);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      hook: 'HOK1',
      failed: 9,
      msg: 'the hook was disabled',
    });
  });

  test('tells of an error its words only, not what a driver hangs on it', () => {
    const { log, lines } = logging();
    const error = Object.assign(new Error('server closed'), {
      code: '57P01',
      client: { connectionParameters: { password: 'hunter2' } },
    });
    log.warn({ error }, 'PostgreSQL');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      error: { code: '57P01', message: 'server closed' },
    });
    expect(lines[0]).not.toContain('hunter2');
  });

  test('says only what its level asks for', () => {
    const { log, lines } = logging({ level: 'warn' });
    log.debug({}, 'one');
    log.info({}, 'two');
    log.error({}, 'three');
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['three']);
  });

  test('is a plain line for people', () => {
    const { log, lines } = logging({ form: 'lines' });
    log.info({ page: 'http://127.0.0.1:4000/', count: 2 }, 'takes requests');
    expect(lines[0]).toMatch(
      /^\d\d:\d\d:\d\d info {2}takes requests {2}page=http:\/\/127\.0\.0\.1:4000\/ {2}count=2\n$/,
    );
  });

  test.each(['key', 'signingKey', 'token', 'authorization', 'body'])(
    'never says a %s, wherever it stands',
    (name) => {
      const { log, lines } = logging();
      log.info({ [name]: 'hunter2', hook: { [name]: 'hunter2' } }, 'careless');
      expect(lines.join('')).toContain('careless');
      expect(lines.join('')).not.toContain('hunter2');
    },
  );
});

test('a hook that no event is for is taken, and warned of', async () => {
  const { standIn, lines } = await openLab();
  onTestFinished(async () => standIn.close());
  const warnings = (): readonly unknown[] =>
    lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ level }) => level === 'warn')
      .map(({ eventType, actions, didYouMean }) => ({ eventType, actions, didYouMean }));
  const web = { subscriberType: 'web', subscriberUrl: 'http://localhost:3000/hook' } as const;
  await standIn.hooks.create({ ...web, eventType: 'all' });
  const { id } = await standIn.hooks.create({ ...web, eventType: 'check', actions: ['finished'] });
  await standIn.hooks.update(id, { status: 'disabled' });
  expect(warnings()).toEqual([]);
  await standIn.hooks.create({ ...web, eventType: 'chek' });
  await standIn.hooks.update(id, { actions: ['succeeded'] });
  expect(warnings()).toEqual([
    { eventType: 'chek', actions: [], didYouMean: 'check' },
    { eventType: 'check', actions: ['succeeded'] },
  ]);
});
