import { createWithhold, keyForms, macForms } from '../../simulator/index.js';
import type { Attempt } from './case.js';
import type { RecordedBody, Transcript } from './result.js';

const REQUEST_KEPT_BYTES = 16 * 1024;
const RESPONSE_KEPT_BYTES = 4 * 1024;
const HIDDEN = '…';
/** Shorter keys occur in honest texts by chance, and are no secret. */
const TELLING_KEY_LENGTH = 8;

/** Writes down what went over the wire, without what must not be told. */
export type Transcribe = (attempt: Attempt) => Transcript;

export const createTranscribe = (options: {
  readonly key: string;
  /** Names of headers whose values the user gave: they may be secrets. */
  readonly hiddenHeaders: readonly string[];
}): Transcribe => {
  const { key } = options;
  const withhold = createWithhold(key);
  const hidden = new Set(options.hiddenHeaders.map((name) => name.toLowerCase()));
  const keys = key.length < TELLING_KEY_LENGTH ? [] : keyForms(key);
  const body = (
    bytes: Uint8Array,
    hide: (text: string) => string,
    { ofBytes, keptBytes }: { readonly ofBytes: number; readonly keptBytes: number },
  ): RecordedBody => {
    const text = Buffer.from(bytes).toString('latin1');
    const safe = hide(text);
    const kept = safe.slice(0, keptBytes);
    const cut = withhold(kept);
    const rest = bytes.length > keptBytes || ofBytes > bytes.length ? { ofBytes } : {};
    if (cut !== undefined) return { text: cut, withheld: 'signature', ...rest };
    if (safe !== text) return { text: kept, withheld: 'secret', ...rest };
    return { ...shown(bytes.subarray(0, keptBytes)), ...rest };
  };
  return ({ request, exchange }) => {
    const sent = Buffer.from(request.body).toString('latin1');
    const macs = exchange.outcome.kind === 'failure' ? [] : macForms(sent, key);
    const hideKey = (text: string): string => without(text, keys);
    const hideAll = (text: string): string => without(text, [...keys, ...macs]);
    const clean = (text: string): string => withhold(hideKey(text)) ?? hideKey(text);
    return {
      request: {
        method: request.method,
        url: clean(request.url.replace(/\/\/[^/?#]*@/, `//${HIDDEN}@`)),
        headers: request.headers.map(([name, value]) => [
          name,
          hidden.has(name.toLowerCase()) ? HIDDEN : clean(value),
        ]),
        body: isCompressed(request)
          ? { text: HIDDEN, withheld: 'signature', ofBytes: request.bodyBytes }
          : body(request.body, hideKey, {
              ofBytes: request.bodyBytes,
              keptBytes: REQUEST_KEPT_BYTES,
            }),
      },
      response:
        exchange.outcome.kind === 'failure'
          ? null
          : {
              headers: Object.entries(exchange.headers).map(([name, value]) => [
                name,
                clean(hideAll(value)),
              ]),
              body: body(exchange.body, hideAll, {
                ofBytes: exchange.body.length,
                keptBytes: RESPONSE_KEPT_BYTES,
              }),
            },
    };
  };
};

/** A text without the key and without what a valid token is told by. */
export const withoutSecrets = (text: string, key: string): string => {
  const keyless = without(text, key.length < TELLING_KEY_LENGTH ? [] : keyForms(key));
  return createWithhold(key)(keyless) ?? keyless;
};

/** A compressed token is as valid as it was, and cannot be cut. */
const isCompressed = ({ headers, body }: Attempt['request']): boolean =>
  body.length > 0 && headers.some(([name]) => name.toLowerCase() === 'content-encoding');

/** A text with each of some secrets cut out of it. */
const without = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((left, secret) => left.replaceAll(secret, HIDDEN), text);

/** Text where the bytes are UTF-8, base64 where they are not. */
const shown = (bytes: Uint8Array): RecordedBody => {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
};
