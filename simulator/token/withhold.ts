import { createHmac } from 'node:crypto';

/** Replaces what would make a text a valid token; undefined where nothing in it is valid. */
export type Withhold = (text: string) => string | undefined;

const DIGESTS = ['sha256', 'sha384', 'sha512'] as const;
/** A MAC's last character has spare bits, and a short text is no MAC: this much decides. */
const TELLING_CHARACTERS = 40;
const HIDDEN = '…';

/**
 * Finds valid tokens under a key in any text: as they are, spelled with other characters, with junk
 * between, in chunks, or as JSON. Their signatures are cut off: with them anyone could send the token
 * again.
 */
export const createWithhold = (key: string): Withhold => {
  const macsOf = (input: string): readonly string[] =>
    DIGESTS.flatMap((digest) => {
      const mac = createHmac(digest, key).update(input, 'latin1').digest();
      return [mac.toString('base64url').slice(0, TELLING_CHARACTERS), mac.toString('hex')];
    });
  const validIn = (text: string): readonly string[] => {
    const letters = lettersOf(text);
    return inputsIn(text).filter((input) => macsOf(input).some((mac) => letters.includes(mac)));
  };
  const cut = (text: string): string | undefined => {
    const inputs = validIn(text);
    if (inputs.length === 0) return undefined;
    const behind = behindFirst(inputs, text);
    return behind === undefined || validIn(behind).length > 0 ? withoutSignature(text) : behind;
  };
  return (text) => {
    const joined = withoutChunkSizes(text);
    return cut(text) ?? (joined === text ? undefined : cut(joined));
  };
};

/** The text up to the first of the inputs that stands in it as it is. */
const behindFirst = (inputs: readonly string[], text: string): string | undefined => {
  const ends = inputs.filter((input) => text.includes(`${input}.`));
  const [first] = ends
    .map((input) => text.indexOf(`${input}.`) + input.length)
    .toSorted((one, other) => one - other);
  return first === undefined ? undefined : `${text.slice(0, first)}.${HIDDEN}`;
};

/** The data of the chunked transfer coding (RFC 9112 §7.1), behind the head of a request as it is. */
const withoutChunkSizes = (text: string): string =>
  text.replace(/(?:^|\r\n)[\da-f]+(?:;[^\r\n]*)?\r\n/gi, (_size, at: number) =>
    text.slice(0, at).endsWith('\r\n') ? '\r\n' : '',
  );

/** Only the characters of a token, in the base64url alphabet. */
const lettersOf = (text: string): string =>
  text
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/[^\w-]/g, '');

/** Every `header.payload` that a signature in the text may be over. */
const inputsIn = (text: string): readonly string[] => {
  const parts = text.split('.');
  const literal = parts.slice(1).map((part, index) => `${parts[index] ?? ''}.${part}`);
  const tokens = [...text.matchAll(/(?=(?<![\w-])([\w-]+\.[\w-]*))/g)].map(
    ([, input]) => input ?? '',
  );
  const stripped = literal.map((input) => input.replace(/[^\w.-]/g, ''));
  return [...new Set([...literal, ...tokens, ...stripped, ...serialisedIn(text)])];
};

/** The input of a JWS in JSON (RFC 7515 §7.2). */
const serialisedIn = (text: string): readonly string[] => {
  const member = (name: string): string | undefined =>
    new RegExp(`"${name}"\\s*:\\s*"([^"]*)"`).exec(text)?.[1];
  const [header, payload] = [member('protected'), member('payload')];
  return header === undefined || payload === undefined ? [] : [`${header}.${payload}`];
};

const withoutSignature = (text: string): string => {
  if (text.trimStart().startsWith('{')) {
    return text.replace(/("signature"\s*:\s*")[^"]*/g, `$1${HIDDEN}`).replace(COMPACT, CUT);
  }
  const cut = text.replace(COMPACT, CUT);
  return cut === text ? `${text.split('.').slice(0, 2).join('.')}.${HIDDEN}` : cut;
};

const COMPACT = /([\w-]+\.[^.]*\.)[\s\S]*$/;
const CUT = `$1${HIDDEN}`;
