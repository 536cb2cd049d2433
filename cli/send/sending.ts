/** Carries out a plan: signs, sends, and retries as the state machine says. */
import { createDriver, deferred } from '../../simulator/index.js';
import type {
  DeliveryClock,
  DeliveryPolicy,
  DeliveryRequest,
  Outcome,
  Transport,
} from '../../simulator/index.js';
import type { Body } from './body.js';
import type { Books } from './books.js';
import type { PlannedDelivery } from './plan.js';
import { headerOf } from './sign.js';

export interface SendingOptions {
  readonly policy: DeliveryPolicy;
  readonly clock: DeliveryClock;
  readonly transport: Transport;
  readonly request: Omit<DeliveryRequest, 'body'>;
  /** Between two deliveries; undefined to begin each when the one before was tried once. */
  readonly everyMs: number | undefined;
  readonly retries: boolean;
  /** Goes on as if the hook had not been disabled. */
  readonly stayEnabled: boolean;
  readonly sign: (body: Body) => string;
  /** The beginning of an answer to what was sent, fit to be shown. */
  readonly excerptOf: (answer: Uint8Array, sent: string) => string;
  readonly books: Books;
}

export interface Sending {
  /** Resolves when all is settled; rejects with what kept it from sending. */
  readonly run: () => Promise<void>;
  readonly stop: () => void;
}

export const createSending = (
  plan: readonly PlannedDelivery[],
  options: SendingOptions,
): Sending => {
  const { policy, clock, books, stayEnabled } = options;
  const stopping = new AbortController();
  const bodies = new Map<string, Body>();
  const triedOnce = new Map(plan.map(({ id }) => [id, deferred<undefined>()]));
  const broken = deferred<never>();
  broken.promise.catch(() => undefined);

  const attempt = async (id: string): Promise<Outcome> => {
    try {
      const body = options.sign(bodyOf(bodies, id));
      const exchange = await options.transport.send({
        ...options.request,
        body: Buffer.from(body),
      });
      const { latencyMs, outcome } = exchange;
      books.answered(id, { latencyMs, body: options.excerptOf(exchange.body, body) });
      return outcome;
    } catch (error) {
      broken.reject(error);
      throw error;
    }
  };

  const driver = createDriver({
    policy: stayEnabled ? { ...policy, onDisable: 'send', onEnable: 'keep' } : policy,
    clock,
    retries: options.retries,
    attempt,
    onStep: (taken) => {
      books.step(taken);
      const { input, commands } = taken;
      if (input.kind === 'attempt-ended') triedOnce.get(input.deliveryId)?.resolve(undefined);
      if (stayEnabled && commands.some(({ kind }) => kind === 'hook-disabled')) driver.enable();
    },
  });

  const begin = ({ id, name, copyOf, make }: PlannedDelivery): void => {
    const body = copyOf === null ? make(Date.now()) : bodyOf(bodies, copyOf);
    bodies.set(id, body);
    const { claims } = body;
    const eventIds = eventIdsOf(body);
    books.begin({ id, name, copyOf, eventIds, header: headerOf(body), payload: claims });
    driver.enqueue({ id, eventKeys: eventIds });
  };

  const turnAfter = async ({ id }: PlannedDelivery): Promise<unknown> =>
    Promise.race([
      broken.promise,
      options.everyMs === undefined
        ? triedOnce.get(id)?.promise
        : clock.wait(options.everyMs, stopping.signal),
    ]);

  return {
    run: async () => {
      let before: PlannedDelivery | undefined;
      for (const planned of plan) {
        if (before !== undefined) await turnAfter(before);
        if (stopping.signal.aborted) return;
        // Nothing would come of it while the hook is disabled.
        if (books.disabled() !== null && !stayEnabled) break;
        begin(planned);
        before = planned;
      }
      await driver.settled();
    },
    stop: () => {
      stopping.abort();
      driver.stop();
    },
  };
};

const bodyOf = (bodies: ReadonlyMap<string, Body>, id: string): Body => {
  const body = bodies.get(id);
  if (body === undefined) throw new Error(`delivery ${id} was never begun`);
  return body;
};

/** A user may have put anything in place of an id. */
const eventIdsOf = ({ claims }: Body): readonly string[] => {
  const events: readonly unknown[] = claims.events;
  return events.flatMap((event) =>
    typeof event === 'object' && event !== null && 'id' in event && typeof event.id === 'string'
      ? [event.id]
      : [],
  );
};
