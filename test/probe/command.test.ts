import { describe, expect, test } from 'vitest';
import { createCommandProbe } from '../../contracts/probe/command.js';
import { createCounter } from '../../contracts/probe/count.js';
import { queryOf } from './query.js';

const probeBy = async (template: string, countPath?: string) =>
  createCommandProbe(template, { counter: await createCounter(countPath) });

describe('what the command prints', () => {
  test.each([
    ['a number', 'echo 2', 2],
    ['text', 'echo "HKE1 and HKE1 and HKE2"', 2],
    ['nothing', 'true', 0],
    ['the placeholder', 'echo {eventId}', 1],
    ['through a pipe', 'printf "HKE1\\nHKE2\\n" | grep -c {eventId}', 1],
    ['in several lines', 'echo HKE1; echo HKE1', 2],
    ['beside a complaint that does not count', 'echo HKE1; echo HKE1 >&2', 1],
  ])('is counted: %s', async (_what, command, effects) => {
    const probe = await probeBy(command);
    expect(await probe.ask(queryOf())).toMatchObject({ effects });
  });

  test('is kept word for word', async () => {
    const probe = await probeBy('printf "José 🎉\\n"');
    expect((await probe.ask(queryOf())).text).toBe('José 🎉\n');
  });

  test('is counted by a path', async () => {
    const probe = await probeBy(`echo '{"count":"3"}'`, '$.count');
    expect(await probe.ask(queryOf())).toMatchObject({ effects: 3 });
  });

  test('is counted to its end where it is long', async () => {
    const probe = await probeBy(
      `"${process.execPath}" -e 'process.stdout.write("x".repeat(1 << 20) + "{eventId}")'`,
    );
    expect(await probe.ask(queryOf())).toMatchObject({ effects: 1 });
  });
});

describe('the command', () => {
  test('gets all placeholders', async () => {
    const probe = await probeBy('echo {eventId} {resourceId} {eventType} {action} {other}');
    expect((await probe.ask(queryOf())).text).toBe('HKE1 CHK1 check finished {other}\n');
  });

  test.each([
    ['a blank', 'a b'],
    ['a semicolon', 'a;rm'],
    ['a quote', "a'b"],
    ['a double quote', 'a"b'],
    ['a command substitution', '$(id)'],
    ['a backtick', '`id`'],
    ['a line feed', 'a\nb'],
    ['a NUL', 'a\0b'],
    ['a percent sign', '%PATH%'],
    ['a slash', '../a'],
    ['a glob', '*'],
    ['a letter beyond ASCII', 'ñ'],
    ['an option’s dash', '--version'],
  ])('is not run with %s in a value', async (_what, key) => {
    const probe = await probeBy('echo {eventId}');
    await expect(probe.ask(queryOf({ keys: [key] }))).rejects.toMatchObject({
      code: 'probe_failed',
      message: 'a value for --probe-cmd could be read as more than a word',
      remedy: 'use --probe with a URL for this case',
    });
  });

  test.each(['HKE0123abc', 'HIK_a-b', '2026-01-02T03:04:05.678', 'a.b:c'])(
    'is run with %s in a value',
    async (key) => {
      const probe = await probeBy('echo {eventId}');
      expect((await probe.ask(queryOf({ keys: [key] }))).text).toBe(`${key}\n`);
    },
  );

  test('is run where an unsafe value is not asked for', async () => {
    const probe = await probeBy('echo {resourceId}');
    const answer = await probe.ask(queryOf({ keys: ['a b'], resourceId: 'CHK1' }));
    expect(answer.text).toBe('CHK1\n');
  });

  test('fails with its exit code and the first line of its complaint', async () => {
    const probe = await probeBy('echo "no such table" >&2; echo more >&2; exit 3');
    await expect(probe.ask(queryOf())).rejects.toMatchObject({
      code: 'probe_failed',
      message: '--probe-cmd failed (exit code 3: no such table)',
      remedy: 'run the command by hand first',
    });
  });

  test('fails where there is no such command', async () => {
    const probe = await probeBy('no-such-command-of-hookproof');
    await expect(probe.ask(queryOf())).rejects.toMatchObject({
      code: 'probe_failed',
      message: expect.stringContaining('exit code 127') as string,
    });
  });

  test.each([
    ['it never ends', 'sleep 60'],
    ['what it started never ends', 'sleep 60 & wait'],
  ])('fails where %s', async (_what, command) => {
    const probe = createCommandProbe(command, {
      counter: await createCounter(undefined),
      timeoutMs: 100,
    });
    const since = performance.now();
    await expect(probe.ask(queryOf())).rejects.toMatchObject({
      code: 'probe_failed',
      message: '--probe-cmd failed (no end within 100 ms)',
    });
    expect(performance.now() - since).toBeLessThan(5000);
  });

  test('reads nothing from hookproof’s own input', async () => {
    const probe = await probeBy('cat; echo HKE1');
    expect(await probe.ask(queryOf())).toMatchObject({ effects: 1 });
  });
});
