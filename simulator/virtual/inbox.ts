/** Which events a receiver has, a byte an event. */
export interface Inbox {
  has: Uint8Array<ArrayBuffer>;
  /** Copies of events that it had, and that it must discard. */
  duplicates: number;
  /** Events that it learned of by GET /events, having missed their deliveries. */
  recovered: number;
  /** Events that happened before it last asked GET /events. */
  polledBefore: number;
}

/** An empty inbox. It takes over the bytes of one that is used up. */
export const createInbox = (spare?: Inbox): Inbox => ({
  has: spare?.has.fill(0) ?? new Uint8Array(1024),
  duplicates: 0,
  recovered: 0,
  polledBefore: 0,
});

/** The same bytes with room for at least twice as many. */
export const widened = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
  const wider = new Uint8Array(bytes.length * 2);
  wider.set(bytes);
  return wider;
};
