import type { ServerResponse } from 'node:http';
import { deferred } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { bodyOf, listen } from './listen.js';
import type { Probe } from './probe.js';

/** Decides over the receiver's outbound effects, where they go to hookproof's own listener. */
export interface SinkControl {
  /** The next `times` effects that mention `event` are answered 503. */
  readonly failNext: (event: TruoraEvent, times: number) => void;
  /** From now on effects that mention `event` succeed. */
  readonly mend: (event: TruoraEvent) => void;
  /** The next effect that mentions `event` gets no answer until it is let go. */
  readonly hold: (event: TruoraEvent) => HeldEffect;
  /** The effects that mention `event` and were answered 200. */
  readonly taken: (event: TruoraEvent) => number;
}

/** An effect that waits at the sink. It counts only if it is answered `taken`. */
export interface HeldEffect {
  /** Resolves to true when the effect has arrived, to false when it does not within the time. */
  readonly arrived: (patienceMs: number) => Promise<boolean>;
  /** Lets it go, and whatever else mentions the event from then on. */
  readonly release: (how: 'taken' | 'failed' | 'dropped') => void;
}

/** A listener that the receiver's outbound effects go to instead of the real world. */
export interface Sink {
  readonly port: number;
  /** Decides over effects by the keys that they mention. */
  readonly control: SinkControl;
  /** Counts the effects that were answered 200. */
  readonly probe: Probe;
  readonly close: () => Promise<void>;
}

type Release = Parameters<HeldEffect['release']>[0];

interface Hold {
  readonly keys: readonly string[];
  readonly waiting: ((how: Release) => void)[];
  readonly arrived: () => void;
  open: boolean;
}

/** Opens a sink on the loopback address; port 0 takes a free one. */
export const openSink = async (
  port: number,
  keysOf: (event: TruoraEvent) => readonly string[],
): Promise<Sink> => {
  const taken: string[] = [];
  const failing: { readonly keys: readonly string[]; left: number }[] = [];
  const holds: Hold[] = [];
  const countOf = (keys: readonly string[]): number =>
    taken.filter((text) => mentions(text, keys)).length;

  const failsNow = (text: string): boolean => {
    const due = failing.find(({ keys, left }) => left > 0 && mentions(text, keys));
    if (due === undefined) return false;
    due.left--;
    return true;
  };
  const answer = (text: string, response: ServerResponse, how: Release): void => {
    if (how === 'dropped' || response.destroyed) {
      response.destroy();
      return;
    }
    if (how === 'taken') taken.push(text);
    response.writeHead(how === 'taken' ? 200 : 503, { 'Content-Type': 'text/plain' });
    response.end(how === 'taken' ? 'taken' : 'made to fail');
  };
  const decide = (text: string, response: ServerResponse): void => {
    const hold = holds.find(({ keys, open }) => !open && mentions(text, keys));
    if (hold === undefined) {
      answer(text, response, failsNow(text) ? 'failed' : 'taken');
      return;
    }
    hold.waiting.push((how) => answer(text, response, how));
    hold.arrived();
  };
  const listener = await listen(port, '--sink-listen', (request, response) => {
    bodyOf(request).then(
      (body) => decide(`${request.url ?? ''}\n${body}`, response),
      () => response.destroy(),
    );
  });
  return {
    port: listener.port,
    control: {
      failNext: (event, times) => {
        failing.push({ keys: keysOf(event), left: times });
      },
      mend: (event) => {
        const keys = keysOf(event);
        for (const one of failing) if (one.keys.some((key) => keys.includes(key))) one.left = 0;
      },
      hold: (event) => {
        const arrival = deferred<true>();
        const hold: Hold = {
          keys: keysOf(event),
          waiting: [],
          arrived: () => arrival.resolve(true),
          open: false,
        };
        holds.push(hold);
        return heldEffect(hold, arrival.promise);
      },
      taken: (event) => countOf(keysOf(event)),
    },
    probe: {
      name: '--sink-listen',
      ask: async ({ keys }) => {
        const effects = countOf(keys);
        return { effects, text: String(effects) };
      },
    },
    close: listener.close,
  };
};

const mentions = (text: string, keys: readonly string[]): boolean =>
  keys.some((key) => text.includes(key));

const heldEffect = (hold: Hold, arrival: Promise<true>): HeldEffect => ({
  arrived: async (patienceMs) => {
    const late = deferred<false>();
    const timer = setTimeout(() => late.resolve(false), patienceMs);
    return Promise.race([arrival, late.promise]).finally(() => clearTimeout(timer));
  },
  release: (how) => {
    hold.open = true;
    for (const letGo of hold.waiting.splice(0)) letGo(how);
  },
});
