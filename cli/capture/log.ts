/** What capture says while it runs: a line for each delivery, or one live line on a terminal. */
import { visible } from '../../contracts/report/console/page.js';
import type { CapturedDelivery } from '../../simulator/index.js';

export interface CaptureLog {
  readonly captured: (delivery: CapturedDelivery) => void;
  readonly end: (summary: string) => void;
}

const eventsIn = ({ payload, body }: CapturedDelivery): string => {
  const { events } = Object(payload) as { readonly events?: unknown };
  if (body !== 'token' || !Array.isArray(events)) return body;
  const names = events.map((event: unknown) => {
    const { event_type: type, event_action: action } = Object(event) as Record<string, unknown>;
    return `${String(type)} ${String(action)}`;
  });
  return names.length > 3 ? `${names.length} events` : names.join(', ');
};

const SIGNATURES = { fits: 'signature fits', 'does-not-fit': 'SIGNATURE DOES NOT FIT' } as const;

const describe = (delivery: CapturedDelivery): string => {
  const { at, method, path, bytes, signature, answered } = delivery;
  return [
    new Date(at).toTimeString().slice(0, 8),
    `${method} ${visible(path)}`,
    bytes === 1 ? '1 byte' : `${bytes} bytes`,
    visible(eventsIn(delivery)),
    ...(signature === 'fits' || signature === 'does-not-fit' ? [SIGNATURES[signature]] : []),
    answered === null ? 'gone before its end' : `answered ${answered}`,
  ].join('  ');
};

export const createCaptureLog = (stream: NodeJS.WriteStream = process.stderr): CaptureLog => {
  let count = 0;
  return {
    captured: (delivery) => {
      count += 1;
      const line = describe(delivery);
      if (!stream.isTTY) {
        stream.write(`${line}\n`);
        return;
      }
      stream.write(
        `\r\u001B[K${`${count} captured, last ${line}`.slice(0, (stream.columns || 80) - 1)}`,
      );
    },
    end: (summary) => {
      stream.write(`${stream.isTTY ? '\r\u001B[K' : ''}${summary}\n`);
    },
  };
};
