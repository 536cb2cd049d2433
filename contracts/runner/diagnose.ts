import type { TruoraEvent } from '../../simulator/index.js';
import { isAcknowledged, describeAnswer, statusOf } from './judge.js';
import type { Attempt, CaseContext, Diagnosis, SendOptions } from './case.js';
import type { Observer } from './observer.js';
import { wrappings } from './other-bodies.js';
import { otherTokens } from './other-tokens.js';
import { readsOnlyJson } from './reads-only-json.js';

/** Other content types under which a receiver may read a body. */
const CANDIDATES = ['text/plain', 'application/octet-stream', 'application/json'] as const;

const OLD_TOKEN_SECONDS = 120;

/**
 * Finds out why genuine deliveries are not taken, by changing one thing at a time: the content type,
 * the token's age, the body itself, then the key and the claims.
 */
export const diagnose = async (
  context: CaseContext,
  observer: Observer,
  options: { readonly effects: boolean; readonly refused: Attempt },
): Promise<Diagnosis> => {
  const configured = context.facts.contentType;
  const isTaken = async (
    event: TruoraEvent,
    token: string,
    send: SendOptions = {},
  ): Promise<boolean> => {
    const attempt = await context.send('oddity', [event], token, { ...send, label: 'diagnosis' });
    if (!isAcknowledged(attempt)) return false;
    return !options.effects || observer.untilSeen(event, observer.settleMs());
  };
  const taken = async (send: SendOptions, ageSeconds?: number): Promise<boolean> => {
    const event = context.event();
    const token = context.token([event], ageSeconds === undefined ? {} : { ageSeconds });
    return isTaken(event, token, send);
  };
  if (await taken({})) return { kind: 'wavering' };
  for (const contentType of CANDIDATES) {
    if (contentType === configured) continue;
    if (await taken({ contentType })) {
      return { kind: 'content-type', configured, works: contentType };
    }
  }
  if (await taken({}, OLD_TOKEN_SECONDS)) return { kind: 'clock-behind' };
  if (await taken({}, 0)) return { kind: 'age-refused' };
  if (await parsesOnlyJson(context, options.refused)) return { kind: 'json-parser-only' };
  const answer = describeAnswer(options.refused);
  if (!isAcknowledged(options.refused)) {
    const event = context.event();
    for (const [demand, token] of otherTokens(context.token([event]), context.key)) {
      if (await isTaken(event, token)) return { kind: 'demands', demand };
    }
    for (const wrap of wrappings) {
      const other = context.event();
      const { wrapping, body, send } = wrap(context.token([other]), context.key);
      if (await isTaken(other, body, send)) return { kind: 'wants-wrapping', wrapping };
    }
  }
  return { kind: isAcknowledged(options.refused) ? 'no-effect' : 'refused', answer };
};

const answerOf = (attempt: Attempt): string =>
  `${statusOf(attempt) ?? 'none'} ${Buffer.from(attempt.exchange.body).toString('latin1')}`;

const parsesOnlyJson = async (context: CaseContext, refused: Attempt): Promise<boolean> => {
  const send = async (body: string, options: SendOptions): Promise<string> =>
    answerOf(await context.send('oddity', [], body, { ...options, label: 'diagnosis' }));
  return readsOnlyJson({
    genuine: answerOf(refused),
    text: await send('not a token', {}),
    empty: await send('', {}),
    json: await send('{}', { contentType: 'application/json' }),
    broken: await send('{', { contentType: 'application/json' }),
  });
};
