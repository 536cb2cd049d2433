import type { Attempt } from './case.js';
import type { RecordedBody, Transcript } from './result.js';
import type { Withhold } from './withhold.js';

const REQUEST_KEPT_BYTES = 16 * 1024;
const RESPONSE_KEPT_BYTES = 4 * 1024;
const HIDDEN = '…';

/** Writes down what went over the wire, without what must not be told. */
export type Transcribe = (attempt: Attempt) => Transcript;

export const createTranscribe = (options: {
  readonly withhold: Withhold;
  /** Names of headers whose values the user gave: they may be secrets. */
  readonly hiddenHeaders: readonly string[];
}): Transcribe => {
  const { withhold } = options;
  const hidden = new Set(options.hiddenHeaders.map((name) => name.toLowerCase()));
  const clean = (text: string): string => withhold(text) ?? text;
  const body = (bytes: Uint8Array, ofBytes: number, keptBytes: number): RecordedBody => {
    const kept = bytes.subarray(0, keptBytes);
    const text = Buffer.from(kept).toString('latin1');
    const cut = withhold(text);
    return {
      ...(cut === undefined ? shown(kept) : { text: cut, withheld: 'signature' }),
      ...(kept.length < ofBytes ? { ofBytes } : {}),
    };
  };
  /** A compressed token is as valid as it was, and cannot be cut. */
  const requestBody = ({ headers, body: bytes, bodyBytes }: Attempt['request']): RecordedBody =>
    bytes.length > 0 && headers.some(([name]) => name.toLowerCase() === 'content-encoding')
      ? { text: HIDDEN, withheld: 'signature', ofBytes: bodyBytes }
      : body(bytes, bodyBytes, REQUEST_KEPT_BYTES);
  return ({ request, exchange }) => ({
    request: {
      method: request.method,
      url: clean(request.url.replace(/\/\/[^/?#]*@/, `//${HIDDEN}@`)),
      headers: request.headers.map(([name, value]) => [
        name,
        hidden.has(name.toLowerCase()) ? HIDDEN : clean(value),
      ]),
      body: requestBody(request),
    },
    response:
      exchange.outcome.kind === 'failure'
        ? null
        : {
            headers: Object.entries(exchange.headers).map(([name, value]) => [name, clean(value)]),
            body: body(exchange.body, exchange.body.length, RESPONSE_KEPT_BYTES),
          },
  });
};

/** Text where the bytes are UTF-8, base64 where they are not. */
const shown = (bytes: Uint8Array): RecordedBody => {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
};
