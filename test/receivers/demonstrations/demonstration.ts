/** What shows a mutant's defect: observations that differ from those on the reference. */
import type { Lab } from '../lab.js';
import { createEvent, sign, type SentEvent } from '../token.js';

/** Does something with a receiver and answers what could be seen. */
export type Demonstration = (lab: Lab) => Promise<unknown>;

/** Sends one body made for a fresh event and looks for the event. */
export const sending =
  (
    make: (event: SentEvent) => string,
    headers: Readonly<Record<string, string>> = {},
    changes: Partial<SentEvent> = {},
  ): Demonstration =>
  async (lab) => {
    const event = createEvent(changes);
    const status = await lab.post(make(event), { headers });
    return [status, await lab.count(event.id)];
  };

/** Sends one genuine delivery. */
export const canonical: Demonstration = sending((event) => sign([event]));

/** Events with these changes, delivered one after the other: their statuses and counts. */
export const inTurn =
  (...all: readonly Partial<SentEvent>[]): Demonstration =>
  async (lab) => {
    const seen: unknown[] = [];
    const events = all.map((changes) => createEvent(changes));
    for (const event of events) seen.push(await lab.deliver(event));
    for (const { id } of events) seen.push(await lab.count(id));
    return seen;
  };
