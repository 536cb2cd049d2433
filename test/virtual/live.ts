/** The live sender: real timers, HTTP and signatures. */
import { createHmac } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  type DeliveryCommand,
  type DeliveryPolicy,
  type Outcome,
  createDriver,
  createEvent,
  createHttpTransport,
  createRandom,
  createResource,
  findPair,
  signDelivery,
} from '../../simulator/index.js';
import { standing } from '../../simulator/core/window.js';
import { httpServer, localGuard, receive } from '../sender/servers.js';

/** What the two ledgers have in common. */
export interface LiveRow {
  readonly event: number;
  readonly attempt: number;
  readonly answer: string;
  readonly failed: boolean;
  readonly windowFailed: number;
  readonly windowTotal: number;
  readonly next: string;
}

export interface LiveEvent {
  readonly atMs: number;
  readonly name: string;
}

const KEY = 'f0'.repeat(32);

/** A receiver that answers an attempt as it is told: a status, `reset`, or `timeout` for silence. */
export const scriptedReceiver = async (
  answerOf: (eventId: string, attempt: number) => string,
): Promise<string> => {
  const attempts = new Map<string, number>();
  const { origin } = await httpServer((request, response) => {
    void receive(request).then(({ body }) => {
      const [header, payload = '', signature] = body.toString().split('.');
      const mac = createHmac('sha256', KEY).update(`${header}.${payload}`).digest('base64url');
      if (signature !== mac) return response.writeHead(401).end();
      const { events } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
        readonly events: readonly { readonly id: string }[];
      };
      const id = events[0]?.id ?? '';
      const attempt = (attempts.get(id) ?? 0) + 1;
      attempts.set(id, attempt);
      const answer = answerOf(id, attempt);
      if (answer === 'timeout') return undefined;
      return answer === 'reset'
        ? request.socket.destroy()
        : response.writeHead(Number(answer)).end();
    });
  });
  return origin;
};

const labelOf = (outcome: Outcome): string =>
  outcome.kind === 'response' ? String(outcome.status) : outcome.failure;

const signed = (name: string, random: ReturnType<typeof createRandom>, atMs: number) => {
  const pair = findPair(name);
  const event = createEvent(pair, createResource(pair.product, random, atMs), random, atMs);
  const claims = { events: [event], iat: Math.floor(atMs / 1000), iss: 'Truora' };
  return { id: event.id, body: Buffer.from(signDelivery(claims, KEY)) };
};

/** Events made and signed ahead, so that sending them takes no longer than sending does. */
export const signEvents = (events: readonly LiveEvent[], seed: number) => {
  const random = createRandom(seed);
  return events.map(({ name }) => signed(name, random, 1_767_323_046_000));
};

/** Sends the events at their instants, in milliseconds from now, until nothing is pending. */
export const sendLive = async (
  policy: DeliveryPolicy,
  url: string,
  events: readonly LiveEvent[],
  deliveries: ReturnType<typeof signEvents>,
) => {
  const transport = createHttpTransport({ guard: localGuard, insecure: false });
  const headers = [['Content-Type', 'application/jwt']] as const;
  const { timeoutMs, redirectsMax } = policy;
  const send = async (body: Uint8Array) =>
    transport.send({ url, method: 'POST', headers, body, timeoutMs, redirectsMax });
  // The first request loads the client.
  await send(Buffer.from('a.b.c'));

  const rows: LiveRow[] = [];
  const disabled: (DeliveryCommand & { readonly by: number })[] = [];
  const missed: number[] = [];
  const beginMs = performance.now();
  const clock = {
    nowMs: () => Math.round(performance.now() - beginMs),
    wait: async (ms: number) => setTimeout(ms),
  };
  const driver = createDriver({
    policy,
    clock,
    attempt: async (id) => (await send(deliveries[Number(id)]!.body)).outcome,
    onStep: ({ input, commands, state }) => {
      if (!('deliveryId' in input)) return;
      const event = Number(input.deliveryId);
      for (const command of commands) {
        if (command.kind === 'hook-disabled') disabled.push({ ...command, by: event });
        if (command.kind === 'dropped' && command.attempts === 0) missed.push(event);
      }
      if (input.kind !== 'attempt-ended') return;
      const own = commands.at(-1)!;
      const { failed: windowFailed, total: windowTotal } = standing(state.window, input.endedAtMs);
      rows.push({
        event,
        attempt: attemptOf(own),
        answer: labelOf(input.outcome),
        failed: own.kind !== 'delivered',
        windowFailed,
        windowTotal,
        next: own.kind === 'schedule' ? 'retry' : own.kind,
      });
    },
  });
  for (const [event, { atMs }] of events.entries()) {
    await clock.wait(atMs - (performance.now() - beginMs));
    driver.enqueue({ id: String(event), eventKeys: [deliveries[event]!.id] });
  }
  await driver.settled();
  return { rows, disabled, missed };
};

/** Which attempt a command follows. */
const attemptOf = (command: DeliveryCommand): number => {
  if (command.kind === 'schedule') return command.attempt - 1;
  return 'attempts' in command ? command.attempts : 0;
};
