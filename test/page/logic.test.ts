/** What the page decides without a browser: addresses, pages, forms, streams and changes. */
import { describe, expect, test, vi } from 'vitest';
import { queryOf } from '../../simulator/server/page/app/api/query.js';
import { ApiError, problemFrom, problemOf } from '../../simulator/server/page/app/api/problem.js';
import { createCoalescer, GATHER_MS } from '../../simulator/server/page/app/live/coalesce.js';
import { createSseReader } from '../../simulator/server/page/app/live/sse.js';
import { linkTo, parseRoute, tokenIn } from '../../simulator/server/page/app/routes.js';
import { describeChange } from '../../simulator/server/page/app/state/announce.js';
import {
  emitOrderOf,
  emptyEmit,
  emptyLifecycle,
  lifecycleOrderOf,
} from '../../simulator/server/page/app/state/emit-form.js';
import {
  changesOf,
  draftOf,
  emptyForm,
  formOf,
} from '../../simulator/server/page/app/state/hook-form.js';
import { matches } from '../../simulator/server/page/app/state/matches.js';
import {
  firstPage,
  pageNumber,
  startKeyOf,
  turn,
} from '../../simulator/server/page/app/state/pages.js';
import { totals, hook } from './samples.js';

describe('an address', () => {
  test.each([
    ['#/hooks/HOK1', { view: 'hooks', id: 'HOK1', query: {} }],
    [
      '#/events?search=a%20b&status=failure',
      { view: 'events', id: undefined, query: { search: 'a b', status: 'failure' } },
    ],
    ['#/nowhere', { view: 'hooks', id: undefined, query: {} }],
    ['', { view: 'hooks', id: undefined, query: {} }],
    ['#/events/%E0%A4%A', { view: 'events', id: '%E0%A4%A', query: {} }],
  ])('%s leads where it says', (fragment, route) => {
    expect(parseRoute(fragment)).toEqual(route);
  });

  test('is made of what is given, and read back', () => {
    const link = linkTo('events', 'a/b', { search: 'x&y', status: '' });
    expect(link).toBe('#/events/a%2Fb?search=x%26y');
    expect(parseRoute(link)).toEqual({ view: 'events', id: 'a/b', query: { search: 'x&y' } });
  });

  test('may bring the token', () => {
    expect(tokenIn('#token=a%2Bb')).toBe('a+b');
    expect(tokenIn('#/hooks?token=x')).toBeUndefined();
  });

  test('asks the API without what is empty', () => {
    expect(queryOf({ search: '', limit: 50, startKey: undefined })).toBe('?limit=50');
    expect(queryOf({})).toBe('');
  });
});

describe('a problem', () => {
  test('has the words of the API', () => {
    const body = { code: 'invalid_request', message: 'body.event: expected text', remedy: 'see' };
    expect(problemOf(400, body)).toEqual({ status: 400, message: body.message, remedy: 'see' });
  });

  test.each([undefined, 'Bad gateway', null, { message: 1 }])(
    'has some of its own where %j comes back',
    (body) => {
      expect(problemOf(502, body).message).toBe('The stand-in answered 502.');
    },
  );

  test('that was answered is told apart from silence', () => {
    expect(problemFrom(new ApiError(problemOf(404, {}))).status).toBe(404);
    expect(problemFrom(new TypeError('failed to fetch')).message).toContain('does not answer');
  });
});

describe('the stream of changes', () => {
  test('is read whichever way it is cut', () => {
    const text = ': watching\n\nevent: change\ndata: {"a":\ndata: 1}\r\n\r\ndata:2\n\ndata: 3';
    for (let at = 0; at <= text.length; at += 1) {
      const { push } = createSseReader();
      const events = [...push(text.slice(0, at)), ...push(text.slice(at))];
      expect(events).toEqual(['{"a":\n1}', '2']);
    }
  });

  test('is gathered: many changes lead to one reading', () => {
    const flush = vi.fn();
    const tasks: (() => void)[] = [];
    const gathered = createCoalescer(flush, (task, delayMs) => {
      expect(delayMs).toBe(GATHER_MS);
      tasks.push(task);
      return () => void tasks.splice(tasks.indexOf(task), 1);
    });
    for (const topic of ['events', 'attempts', 'events'] as const) gathered.add(topic);
    expect(tasks).toHaveLength(1);
    tasks.shift()?.();
    expect(flush.mock.calls).toEqual([[new Set(['events', 'attempts'])]]);
    gathered.add('mails');
    gathered.stop();
    expect(tasks).toHaveLength(0);
  });

  test('is told in a sentence', () => {
    const after = {
      ...totals,
      hooks: { enabled: 0, disabled: 1 },
      events: 3,
      attempts: { ok: 0, failed: 12 },
      mails: { sent: 0, waiting: 2 },
    };
    expect(describeChange(totals, after)).toBe(
      '1 hook disabled, 3 new events, 12 failed attempts, 2 new e-mails',
    );
    expect(describeChange(after, after)).toBe('');
  });
});

describe('pages', () => {
  test('go on, back and to the first', () => {
    const second = turn(firstPage, { kind: 'on', next: 'a' });
    const third = turn(second, { kind: 'on', next: 'b' });
    expect([startKeyOf(third), pageNumber(third)]).toEqual(['b', 3]);
    expect(turn(third, { kind: 'back' })).toEqual(second);
    expect(startKeyOf(turn(second, { kind: 'back' }))).toBeUndefined();
    expect(turn(third, { kind: 'first' })).toEqual(firstPage);
    expect(turn(firstPage, { kind: 'back' })).toEqual(firstPage);
  });
});

describe('the search in a list', () => {
  test('wants every word, wherever it stands', () => {
    const names = ['checks.finished', 'digital_identity.succeeded', 'checks.created'];
    const find = (typed: string) => matches(names, typed, (name) => name);
    expect(find('Finished check')).toEqual(['checks.finished']);
    expect(find('digital identity')).toEqual(['digital_identity.succeeded']);
    expect(find(' ')).toEqual(names);
    expect(find('nothing')).toEqual([]);
  });
});

describe('the forms', () => {
  test('order what was meant, and leave out what is usual', () => {
    expect(emitOrderOf(emptyEmit)).toEqual({ event: 'checks.finished' });
    const form = {
      ...emptyEmit,
      overrides: [
        { place: ' object.score ', value: '0.5' },
        { place: 'object.status', value: 'completed' },
        { place: '', value: 'left out' },
      ],
      count: '10',
      batch: '5',
      delay: '1.5',
      resource: ' CHK1 ',
      hooks: ['HOK1'],
    };
    expect(emitOrderOf(form)).toEqual({
      event: 'checks.finished',
      set: { 'object.score': 0.5, 'object.status': 'completed' },
      count: 10,
      batch: 5,
      afterMs: 1500,
      resource: 'CHK1',
      hooks: ['HOK1'],
    });
  });

  test('order a life', () => {
    const form = { ...emptyLifecycle, actions: 'created, finished,', every: '' };
    expect(lifecycleOrderOf(form)).toEqual({
      product: 'checks',
      actions: ['created', 'finished'],
      everyMs: 60_000,
    });
  });

  test('draft a hook with the target of its type only', () => {
    const form = { ...emptyForm, subscriberUrl: 'http://a.test', subscriberAddress: 'a@b.test' };
    expect(draftOf(form)).toEqual({
      eventType: 'all',
      actions: [],
      subscriberType: 'web',
      subscriberLanguage: 'en',
      subscriberUrl: 'http://a.test',
      ordered: false,
      concurrency: null,
    });
    const mail = draftOf({ ...form, subscriberType: 'email' });
    expect([mail.subscriberAddress, mail.subscriberUrl]).toEqual(['a@b.test', undefined]);
  });

  test('say of a hook only what changes', () => {
    const form = { ...formOf(hook), subscriberName: 'Other', concurrency: '2' };
    expect(changesOf(hook, form)).toEqual({ subscriberName: 'Other', concurrency: 2 });
    expect(changesOf(hook, formOf(hook))).toEqual({});
  });
});
