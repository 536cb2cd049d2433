/**
 * Events of one kind by the million: a genuine token of the catalogue, of which only the ids, the
 * dates of the delivery and the signature are made anew. Byte for byte what `signDelivery` gives for
 * the same claims.
 */
import { createEvent, createResource, findPair, resourceIdOf } from '../catalog/index.js';
import { toWholeSeconds } from '../catalog/dates.js';
import type { TruoraEvent } from '../catalog/index.js';
import type { Random } from '../core/random.js';
import type { DeliveryClaims } from '../token/sign.js';
import { createMac } from './mac.js';
import { createPayload, encodedLength } from './payload.js';
import { HEADER, type Template, putSignature, tokenLength } from './token.js';

/** The end of an id that tells deliveries of a run apart: 2^48 of them. */
const COUNTED_DIGITS = 12;
const ISSUER = 'Truora';

const counted = (id: string, number: number): string =>
  id.slice(0, -COUNTED_DIGITS) + number.toString(16).padStart(COUNTED_DIGITS, '0');

/** Where each occurrence of a text ends, in bytes. */
const endsOf = (text: string, part: string): readonly number[] =>
  text
    .split(part)
    .slice(0, -1)
    .reduce<number[]>((ends, before) => {
      ends.push((ends.at(-1) ?? 0) + Buffer.byteLength(before + part));
      return ends;
    }, []);

/** @throws {HookproofError} `unknown_event` where the catalogue has no such event */
export const createTemplate = (
  name: string,
  { key, random, atMs }: { readonly key: string; readonly random: Random; readonly atMs: number },
): Template => {
  const pair = findPair(name);
  const resource = createResource(pair.product, random, atMs);
  const first: TruoraEvent = createEvent(pair, resource, random, atMs);
  const resourceId = resourceIdOf(first);
  const object = JSON.stringify(first.object);
  const claimsOf = (number: number, iatSeconds: number): DeliveryClaims => ({
    events: [
      {
        ...first,
        id: counted(first.id, number),
        timestamp: toWholeSeconds(iatSeconds * 1000),
        object: JSON.parse(
          object.replaceAll(resourceId, counted(resourceId, number)),
        ) as TruoraEvent['object'],
      },
    ],
    iat: iatSeconds,
    iss: ISSUER,
  });

  let shownSeconds = Math.floor(atMs / 1000);
  let shownNumber = 0;
  const text = JSON.stringify(claimsOf(shownNumber, shownSeconds));
  const idEnds = [
    ...endsOf(text, counted(first.id, shownNumber)),
    ...endsOf(text, counted(resourceId, shownNumber)),
  ];
  const timestamp = toWholeSeconds(shownSeconds * 1000);
  const timestampText = `"timestamp":"${timestamp}"`;
  const timestampAt = (endsOf(text, timestampText)[0] ?? 0) - 1 - timestamp.length;
  const iatText = `,"iat":${shownSeconds},"iss":`;
  const iatAt = (endsOf(text, iatText).at(-1) ?? 0) - iatText.length + ',"iat":'.length;
  const inputBytes = HEADER.length + encodedLength(Buffer.byteLength(text));
  const { message, sign } = createMac(key, inputBytes);
  message.write(HEADER, 'latin1');
  const payload = createPayload(text, message, HEADER.length);

  const date = (iatSeconds: number): void => {
    payload.put(timestampAt, toWholeSeconds(iatSeconds * 1000));
    payload.put(iatAt, String(iatSeconds));
    shownSeconds = iatSeconds;
  };
  /** Only the digits that differ from those of the delivery before: mostly the last two. */
  const count = (number: number): void => {
    let digits = 2;
    let above = 256;
    while (Math.floor(number / above) !== Math.floor(shownNumber / above)) {
      digits += 2;
      above *= 256;
    }
    for (let index = 0; index < idEnds.length; index++) {
      payload.putHex(idEnds[index] as number, number, digits);
    }
    shownNumber = number;
  };

  return {
    tokenBytes: tokenLength(inputBytes),
    claimsOf,
    write: (number, iatSeconds, to, at) => {
      if (iatSeconds !== shownSeconds) date(iatSeconds);
      if (number !== shownNumber) count(number);
      to.set(message, at);
      return putSignature(sign(inputBytes), to, at + inputBytes);
    },
  };
};
