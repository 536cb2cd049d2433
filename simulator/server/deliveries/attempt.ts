/** One attempt: the events are signed anew and sent, or a fault is played in place of that. */
import { HookproofError } from '../../core/errors.js';
import type { FailureKind, Outcome } from '../../core/outcome.js';
import { withoutPassword } from '../../core/without-password.js';
import { inEnglish } from '../../../language/elsewhere.js';
import { type Exchange, failed } from '../../sender/transport.js';
import { signDelivery } from '../../token/sign.js';
import type { Fault, StoredAttempt, StoredEvent } from '../stand-in.js';
import type { Context } from './context.js';
import type { EndedAttempt } from './settle.js';
import type { Work } from './take.js';

/** How much of an answer's body is kept. */
const BODY_KEPT_BYTES = 4096;
const HEADERS = [['Content-Type', 'application/jwt']] as const;

/** Makes an attempt; it never rejects, since what goes wrong is its outcome. */
export const makeAttempt = async (context: Context, work: Work): Promise<EndedAttempt> => {
  const { queue, options } = context;
  const { job, delivery, hook, signingKey, events, fault } = work;
  const startedMs = queue.nowMs();
  const iatSeconds = Math.floor(startedMs / 1000);
  const claims = { events: events.map(asSent), iat: iatSeconds, iss: 'Truora' };
  const body = new TextEncoder().encode(signDelivery(claims, signingKey));
  const url = hook.subscriberUrl ?? '';
  const { policy, transport } = options;
  const exchange =
    fault === null
      ? await inEnglish(async () =>
          transport.send({
            url,
            method: 'POST',
            headers: HEADERS,
            body,
            timeoutMs: policy.timeoutMs,
            redirectsMax: policy.redirectsMax,
            bodyKeptBytes: BODY_KEPT_BYTES,
          }),
        ).catch(refusal)
      : { outcome: outcomeOf(fault), headers: {}, body: new Uint8Array(), latencyMs: 0 };
  return {
    job,
    delivery,
    startedMs,
    endedMs: Math.max(startedMs, queue.nowMs()),
    latencyMs: exchange.latencyMs,
    outcome: exchange.outcome,
    request: {
      url: withoutPassword(url),
      headers: Object.fromEntries(HEADERS),
      tokenHeader: { alg: 'HS256', typ: 'JWT' },
      iatSeconds,
      bytes: body.length,
    },
    response: responseOf(exchange, fault),
  };
};

const asSent = (event: StoredEvent) => ({
  id: event.id,
  event_type: event.eventType,
  event_action: event.eventAction,
  version: event.version,
  timestamp: event.timestamp,
  object: event.object,
});

/** A target that may not be sent to, or that is no URL, has failed like one that refuses. */
const refusal = (error: unknown): Exchange => {
  const detail =
    error instanceof HookproofError
      ? `${error.message}; ${error.remedy}`
      : error instanceof Error
        ? error.message
        : String(error);
  return failed('refused', `not sent: ${detail}`, 0);
};

const outcomeOf = (fault: Fault['outcome']): Outcome => {
  if (fault.kind === 'status') return { kind: 'response', status: fault.status, redirects: 0 };
  const failure: FailureKind = fault.kind;
  return { kind: 'failure', failure, detail: 'played in place of the receiver' };
};

const responseOf = (
  { outcome, headers, body }: Exchange,
  fault: Fault['outcome'] | null,
): StoredAttempt['response'] => {
  if (outcome.kind === 'failure' || fault !== null) return null;
  // PostgreSQL's JSON has no room for the character 0.
  const text = new TextDecoder().decode(body).replaceAll('\0', '\uFFFD');
  return { headers, body: text };
};
