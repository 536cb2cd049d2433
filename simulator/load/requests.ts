/** Whole requests, ready to be written: the head of each kind of event is laid out once. */
import { requestHead } from '../sender/raw-request.js';
import type { Template } from './token.js';

export interface Requests {
  /** The longest of them. */
  readonly bytesMax: number;
  /** Writes the request of a delivery, and returns where it ends. */
  readonly write: (number: number, iatSeconds: number, to: Buffer, at: number) => number;
}

export const createRequests = (
  templates: readonly Template[],
  url: string,
  headers: readonly (readonly [name: string, value: string])[],
): Requests => {
  const heads = new Map<number, Buffer>();
  const headOf = (tokenBytes: number): Buffer => {
    const known = heads.get(tokenBytes);
    if (known !== undefined) return known;
    const length = ['Content-Length', String(tokenBytes)] as const;
    const head = Buffer.from(requestHead({ url, method: 'POST', headers: [...headers, length] }));
    heads.set(tokenBytes, head);
    return head;
  };
  const kinds = templates.map((template) => ({
    template,
    tokenBytes: template.tokenBytes,
    head: headOf(template.tokenBytes),
  }));
  return {
    bytesMax: Math.max(...kinds.map(({ head, tokenBytes }) => head.length + tokenBytes)),
    write: (number, iatSeconds, to, at) => {
      const kind = kinds[number % kinds.length];
      if (kind === undefined) throw new RangeError('a run needs a template');
      const start = at + kind.head.length;
      const end = kind.template.write(number, iatSeconds, to, start);
      const tokenBytes = end - start;
      if (tokenBytes !== kind.tokenBytes) {
        // As long as the one before, mostly: its place is right then.
        kind.tokenBytes = tokenBytes;
        kind.head = headOf(tokenBytes);
        to.copyWithin(at + kind.head.length, start, end);
      }
      to.set(kind.head, at);
      return at + kind.head.length + tokenBytes;
    },
  };
};
