/** Whole requests, ready to be written: the head of each kind of event is laid out once. */
import { requestHead } from '../sender/raw-request.js';
import type { Template } from './template.js';

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
  const kinds = templates.map((template) => {
    const length = ['Content-Length', String(template.tokenBytes)] as const;
    const head = requestHead({ url, method: 'POST', headers: [...headers, length] });
    return { template, head: Buffer.from(head) };
  });
  return {
    bytesMax: Math.max(...kinds.map(({ head, template }) => head.length + template.tokenBytes)),
    write: (number, iatSeconds, to, at) => {
      const kind = kinds[number % kinds.length];
      if (kind === undefined) throw new RangeError('a run needs a template');
      to.set(kind.head, at);
      return kind.template.write(number, iatSeconds, to, at + kind.head.length);
    },
  };
};
