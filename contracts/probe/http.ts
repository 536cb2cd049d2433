import { HookproofError } from '../../simulator/index.js';
import type { Transport } from '../../simulator/index.js';
import type { Counter } from './count.js';
import { fillPlaceholders, unknownPlaceholder } from './probe.js';
import type { Probe } from './probe.js';
import { say } from '../../language/say.js';

const PROBE_TIMEOUT_MS = 10_000;
/** A longer answer is not counted in: its end would be missing. */
const ANSWER_LENGTH_MAX = 16 << 20;

/** Asks a URL of the receiver's test set-up. Status 404 and 204 mean no effect. */
export const createHttpProbe = (
  template: string,
  options: { readonly transport: Transport; readonly counter: Counter },
): Probe => {
  requireUrl(template);
  return {
    name: '--probe',
    ask: async (query) => {
      const url = fillPlaceholders(template, query, encodeURIComponent);
      const { outcome, body } = await options.transport.send({
        url,
        method: 'GET',
        headers: [['Accept', 'application/json, text/plain, */*']],
        body: new Uint8Array(),
        timeoutMs: PROBE_TIMEOUT_MS,
        redirectsMax: 0,
        bodyKeptBytes: ANSWER_LENGTH_MAX,
      });
      if (outcome.kind === 'failure') {
        throw new HookproofError(
          'probe_failed',
          say`the probe got no answer from ${new URL(url).host} (${outcome.failure})`,
          say`check the URL of --probe, and that the receiver serves it`,
        );
      }
      if (outcome.status === 404 || outcome.status === 204) return { effects: 0, text: '' };
      if (outcome.status !== 200) {
        throw new HookproofError(
          'probe_failed',
          say`the probe was answered with status ${outcome.status}`,
          say`check the URL of --probe: it must answer 200, or 404 for an event it does not know`,
        );
      }
      if (body.length === ANSWER_LENGTH_MAX) {
        throw new HookproofError(
          'probe_failed',
          say`the probe's answer is longer than ${ANSWER_LENGTH_MAX >> 20} MiB`,
          say`ask for one event only: put {eventId} into the URL of --probe`,
        );
      }
      const text = Buffer.from(body).toString('utf8');
      return { effects: options.counter(text, query.keys), text };
    },
  };
};

const requireUrl = (template: string): void => {
  const unknown = unknownPlaceholder(template);
  if (unknown !== undefined) {
    throw new HookproofError(
      'invalid_argument',
      say`${unknown} in --probe is filled in by nothing`,
      say`write one of {eventId}, {resourceId}, {eventType} and {action}`,
    );
  }
  const example = template.replace(/\{\w+\}/g, 'x');
  if (/^https?:\/\//i.test(example) && URL.canParse(example)) return;
  throw new HookproofError(
    'invalid_argument',
    say`expected --probe to be a URL, got ${JSON.stringify(template)}`,
    say`write it as --probe 'http://localhost:3000/records?id={eventId}'`,
  );
};
