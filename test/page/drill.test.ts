/** The drill ticks its steps off by what it observes; the chart draws what counts. */
import { describe, expect, test } from 'vitest';
import type { Hook, LedgerEntry } from '../../simulator/server/stand-in.js';
import {
  compare,
  type Drill,
  eventsWanted,
  mailOf,
  observe,
  startDrill,
  stepsOf,
} from '../../simulator/server/page/app/drill/drill.js';
import { sharesOf } from '../../simulator/server/page/app/state/ledger.js';
import { attemptEntry, hook, mail } from './samples.js';

const broken: Hook = { ...hook, fault: { outcome: { kind: 'dns' }, times: null } };
const disabled: Hook = { ...broken, status: 'disabled', disabledReason: 'rule' };

const currentOf = (drill: Drill, at: Hook = hook): string | undefined =>
  stepsOf(drill, at).find(({ state }) => state === 'current')?.id;

describe('the drill', () => {
  const begun = startDrill(hook.id, 1000);

  test('goes from the outage to the last lost event', () => {
    let drill = begun;
    expect(currentOf(drill)).toBe('break');
    drill = observe(drill, broken);
    expect(currentOf(drill)).toBe('emit');
    drill = { ...drill, eventIds: ['HKE1'] };
    expect(currentOf(drill)).toBe('advance');
    drill = observe(drill, disabled);
    expect(currentOf(drill)).toBe('mail');
    drill = { ...drill, mailId: mail.id };
    expect(currentOf(drill)).toBe('mend');
    drill = observe(drill, hook);
    expect(currentOf(drill)).toBe('poll');
    drill = { ...drill, polled: [] };
    expect(currentOf(drill)).toBe('compare');
    drill = { ...drill, received: [] };
    expect(stepsOf(drill, hook).map(({ state }) => state)).toEqual(Array(7).fill('done'));
  });

  test('does not take disabling by hand, or before its events, for the rule', () => {
    const byHand: Hook = { ...disabled, disabledReason: 'request' };
    expect(observe({ ...begun, eventIds: ['HKE1'] }, byHand).disabled).toBe(false);
    expect(observe(begun, disabled).disabled).toBe(false);
  });

  test('takes the receiver for mended only when the hook is enabled again', () => {
    const down: Drill = { ...begun, broken: true, eventIds: ['HKE1'], disabled: true };
    expect(observe(down, { ...disabled, fault: null }).mended).toBe(false);
    expect(observe(down, broken).mended).toBe(false);
    expect(observe(down, hook).mended).toBe(true);
  });

  test('does not wait for a mail to nobody', () => {
    const nobody = { ...disabled, creatorAddress: '', ownerAddress: '' };
    const down: Drill = { ...begun, broken: true, eventIds: ['HKE1'], disabled: true };
    expect(currentOf(down, nobody)).toBe('mend');
    expect(currentOf(down, disabled)).toBe('mail');
  });

  test('leaves a drill that shows nothing new as it is', () => {
    expect(observe(begun, hook)).toBe(begun);
  });

  test('emits as many events as disable the hook at their first retry', () => {
    const wanted = [1, 2, 9, 129, 5000, null].map((headroom) => eventsWanted({ headroom }));
    expect(wanted).toEqual([1, 1, 5, 65, 500, 1]);
  });

  test('finds its own mail only', () => {
    expect(
      mailOf(begun, [
        { ...mail, createdMs: 999 },
        { ...mail, hookId: 'HOK2' },
      ]),
    ).toBeUndefined();
    expect(mailOf(begun, [{ ...mail, kind: 'update' }, mail])).toBe(mail);
  });

  test('tells what the receiver has from what it never got', () => {
    const polled = ['HKE1', 'HKE2'].map((id) => ({
      id,
      idempotencyKey: id,
      name: 'x',
      createdMs: 0,
    }));
    expect(compare(polled, ['HKE2']).map(({ has }) => has)).toEqual([false, true]);
  });
});

describe('the ledger', () => {
  test('draws the attempts that count, from the oldest on', () => {
    const entries: readonly LedgerEntry[] = [
      {
        kind: 'enabled',
        sequence: 3,
        hookId: hook.id,
        atMs: 3000,
        reason: null,
        windowFailed: null,
        windowTotal: null,
        to: [],
        eventIds: [],
      },
      attemptEntry({ endedMs: 2000, windowFailed: 2, windowTotal: 2 }),
      attemptEntry({ endedMs: 1500, counted: false }),
      attemptEntry({ endedMs: 1000, windowFailed: 1, windowTotal: 2 }),
    ];
    expect(sharesOf(entries)).toEqual({ seconds: [1, 2], shares: [50, 100] });
  });
});
