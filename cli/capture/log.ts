/** What capture says while it runs: a line for each delivery, or one live line on a terminal. */
import { visible } from '../../contracts/report/console/page.js';
import type { CapturedDelivery } from '../../simulator/index.js';
import { createLiveLine } from '../live-line.js';
import { terminalOf } from '../terminal.js';
import { later, say, translate } from '../../language/say.js';

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
  return names.length > 3 ? say`${names.length} events` : names.join(', ');
};

const SIGNATURES = {
  fits: later('signature fits'),
  'does-not-fit': later('SIGNATURE DOES NOT FIT'),
} as const;

const describe = (delivery: CapturedDelivery): string => {
  const { at, method, path, bytes, signature, answered } = delivery;
  return [
    new Date(at).toTimeString().slice(0, 8),
    `${method} ${visible(path)}`,
    bytes === 1 ? say`1 byte` : say`${bytes} bytes`,
    visible(eventsIn(delivery)),
    ...(signature === 'fits' || signature === 'does-not-fit'
      ? [translate(SIGNATURES[signature])]
      : []),
    answered === null ? say`gone before its end` : say`answered ${answered}`,
  ].join('  ');
};

export const createCaptureLog = (stream: NodeJS.WriteStream = process.stderr): CaptureLog => {
  const { redraws } = terminalOf(stream);
  const live = createLiveLine({ stream, everyMs: 0 });
  let count = 0;
  return {
    captured: (delivery) => {
      count += 1;
      const line = describe(delivery);
      if (redraws) live.show(() => say`${count} captured, last ${line}`);
      else stream.write(`${line}\n`);
    },
    end: (summary) => {
      if (redraws) live.clear();
      stream.write(`${summary}\n`);
    },
  };
};
