/** Connections of a run, whose turns the test takes itself. */
import { expect, test } from 'vitest';
import { createPolicy } from '../../simulator/index.js';
import { createBooks } from '../../simulator/load/books.js';
import { AT_ONCE } from '../../simulator/load/arrivals.js';
import { type ConnectionHost, createConnection } from '../../simulator/load/connection.js';
import type { Departing } from '../../simulator/load/departures.js';
import { createKeeping } from '../../simulator/load/keeping.js';
import { createRequests } from '../../simulator/load/requests.js';
import { localGuard, recorder } from '../sender/servers.js';
import { idIn, templateOf } from './running.js';

const IAT = 1_767_323_045;

test('what becomes due between the signing and the writing of a connection leaves behind it', async () => {
  const { origin, received } = await recorder();
  const departing: Departing[] = [];
  const books = createBooks(createPolicy({}), 0);
  let dues: number[] = [];
  let number = 0;
  let opened = 0;
  let rested = (): void => undefined;
  const nowMs = (): number => performance.now();
  const host: ConnectionHost = {
    url: new URL(origin),
    http: { guard: localGuard, insecure: false },
    requests: createRequests([templateOf()], origin, []),
    arrivals: {
      take: () => dues.shift() ?? Number.NaN,
      nextMs: () => 0,
      isOver: () => false,
      lastMs: () => Number.POSITIVE_INFINITY,
      giveBack: () => undefined,
      stop: () => undefined,
    },
    books,
    keeping: createKeeping(),
    departures: { add: (one) => departing.push(one) },
    pipelining: 4,
    timeoutMs: 5000,
    nowMs,
    iatSeconds: () => IAT,
    nextNumber: () => number++,
    filled: () => undefined,
    opened: () => {
      opened += 1;
    },
    rested: () => {
      rested();
    },
    unreachable: (failure) => {
      throw new Error(failure);
    },
    refused: (error) => {
      throw error;
    },
  };
  const [one, other] = [createConnection(host), createConnection(host)];
  one.open();
  other.open();
  await expect.poll(() => opened).toBe(2);
  for (const [index, connection] of [one, other].entries()) {
    dues = [AT_ONCE];
    connection.fill(nowMs());
    await expect.poll(() => departing.length).toBe(index + 1);
  }

  dues = [AT_ONCE, Number.NaN, Number.NaN, AT_ONCE];
  rested = () => {
    one.fill(nowMs());
  };
  for (const each of departing) each.digest();
  for (const each of departing) each.prepare(nowMs());
  for (const each of departing) each.send();

  await expect.poll(() => received.length).toBe(4);
  expect(new Set(received.map(({ body }) => idIn(body))).size).toBe(4);
  await expect.poll(() => departing.length).toBeGreaterThan(2);
  for (const each of departing.slice(2)) each.digest();
  await expect.poll(() => books.figures().requests + one.inFlight()).toBe(4);
  one.cut('abandoned');
  other.cut('abandoned');
});
