/** The drill ticks its steps off by what it observes, and reads the ledger as it grows. */
import { describe, expect, test } from 'vitest';
import type { Hook, LedgerEntry, Page } from '../../simulator/server/stand-in.js';
import {
  compare,
  type Drill,
  eventsWanted,
  mailOf,
  observe,
  startDrill,
  stepsOf,
} from '../../simulator/server/page/app/drill/drill.js';
import {
  emptyLedger,
  entriesOf,
  readOn,
  sharesOf,
} from '../../simulator/server/page/app/state/ledger.js';
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
  const all = Array.from({ length: 5 }, (_, index) => attemptEntry({ sequence: index + 1 }));
  const pagesOf =
    (rows: readonly LedgerEntry[], asked: (string | undefined)[] = []) =>
    async (startKey: string | undefined): Promise<Page<LedgerEntry>> => {
      asked.push(startKey);
      const from = Number(startKey ?? 0);
      return {
        rows: rows.slice(from, from + 2),
        next: from + 2 < rows.length ? String(from + 2) : null,
      };
    };

  test('is read to its end, and then only its last page anew', async () => {
    const asked: (string | undefined)[] = [];
    const first = await readOn(emptyLedger, 10, pagesOf(all.slice(0, 3), asked));
    expect(entriesOf(first)).toEqual(all.slice(0, 3));
    const second = await readOn(first, 10, pagesOf(all, asked));
    expect(entriesOf(second)).toEqual(all);
    expect(asked).toEqual([undefined, '2', '2', '4']);
  });

  test('stops after so many pages, and says that there is more', async () => {
    const read = await readOn(emptyLedger, 2, pagesOf(all));
    expect([entriesOf(read).length, read.more]).toEqual([4, true]);
  });

  test('draws the attempts that count', () => {
    const entries: readonly LedgerEntry[] = [
      attemptEntry({ endedMs: 1000, windowFailed: 1, windowTotal: 2 }),
      attemptEntry({ endedMs: 2000, counted: false }),
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
    ];
    expect(sharesOf(entries)).toEqual({ seconds: [1], shares: [50] });
  });
});
