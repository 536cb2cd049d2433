/** Passes what was captured on to the receiver that it is meant for. */
import { createHttpTransport, createTargetGuard } from '../../simulator/index.js';
import type { Incoming, Reply, TargetRules } from '../../simulator/index.js';
import { say } from '../../language/say.js';

/** What belongs to one connection (RFC 9110 §7.6.1), and what the transport writes itself. */
const OWN =
  /^(?:connection|keep-alive|proxy-[a-z-]+|te|trailer|transfer-encoding|upgrade|host|content-length|expect)$/i;

const TIMEOUT_MS = 30_000;
const ANSWER_KEPT_BYTES = 10_000_000;

const without = (
  headers: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] => headers.filter(([name]) => !OWN.test(name));

const pairsOf = (raw: readonly string[]): readonly (readonly [string, string])[] =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));

/**
 * @throws {HookproofError} `target_refused` for a host that is not to be sent to
 */
export const createForward = async (
  url: string,
  { insecure, ...rules }: TargetRules & { readonly insecure: boolean },
): Promise<(incoming: Incoming) => Promise<Reply>> => {
  const guard = createTargetGuard(rules);
  await guard(new URL(url));
  const transport = createHttpTransport({ guard, insecure });
  return async ({ method, rawHeaders, body }) => {
    const {
      outcome,
      headers,
      body: answer,
    } = await transport.send({
      url,
      method,
      headers: without(pairsOf(rawHeaders)),
      body,
      timeoutMs: TIMEOUT_MS,
      redirectsMax: 0,
      bodyKeptBytes: ANSWER_KEPT_BYTES,
    });
    return outcome.kind === 'response'
      ? { status: outcome.status, headers: without(Object.entries(headers)), body: answer }
      : { status: 502, headers: [], body: Buffer.from(say`no answer: ${outcome.failure}\n`) };
  };
};
