import type { ContractCase, Diagnosis, ReviewCase } from '../runner/case.js';
import { explainProblem } from '../runner/problems.js';
import { say } from '../../language/say.js';

type Described = Pick<ReviewCase, 'catalogue' | 'title' | 'rule' | 'source' | 'why' | 'fix'> & {
  readonly slug: string;
  readonly tells: (diagnosis: Diagnosis) => boolean;
};

/** A case that fails where it is proven why genuine deliveries are refused: by what is taken instead. */
const asSent = ({ slug, tells, ...words }: Described): ContractCase => ({
  kind: 'reviews',
  id: `verification/${slug}`,
  suite: 'verification',
  family: 'genuine-deliveries',
  level: 'must',
  severity: 'high',
  needs: [],
  ...words,
  review: ({ diagnosis, controls }) => {
    const expected = say`a genuine delivery is taken as Truora sends it`;
    if (diagnosis !== undefined && diagnosis.kind !== 'content-type' && tells(diagnosis)) {
      const { message } = explainProblem(diagnosis, false, undefined);
      return { verdict: 'failed', expected, actual: message };
    }
    return controls.some(({ taken }) => taken)
      ? { verdict: 'passed', expected, actual: 'taken' }
      : { verdict: 'inconclusive', expected, actual: say`no genuine delivery was taken` };
  },
});

const WHY =
  'Every genuine delivery is refused, at each of its attempts, until the hook is disabled.';

/** Receivers that take no genuine delivery, and something else in its place. */
export const takenAsSent: readonly ContractCase[] = [
  asSent({
    slug: 'key-as-it-is-shown',
    catalogue: 'V001',
    title: 'takes the key’s text for the key, as Truora shows it',
    rule: 'The key is the UTF-8 bytes of its text.',
    source: 'seen in public receivers (OBS)',
    why: WHY,
    fix: 'Hand the key to the library as the text that it is: not decoded, and without a line feed at its end.',
    tells: (diagnosis) => diagnosis.kind === 'demands' && diagnosis.demand.kind === 'other-key',
  }),
  asSent({
    slug: 'exp-not-demanded',
    catalogue: 'V021',
    title: 'takes tokens without exp when they are the first that it sees',
    rule: 'The claims are events, iat and iss.',
    source: 'Truora API reference (REF)',
    why: WHY,
    fix: 'Let exp be absent.',
    tells: (diagnosis) => diagnosis.kind === 'demands' && diagnosis.demand.kind === 'exp',
  }),
  asSent({
    slug: 'dates-with-nanoseconds',
    catalogue: 'V001',
    title: 'takes events whose dates have nanoseconds',
    rule: 'Dates in an object have up to nine decimals.',
    source: 'Truora API reference (REF)',
    why: WHY,
    fix: 'Read dates with as many decimals as there are, or leave them as texts.',
    tells: (diagnosis) => diagnosis.kind === 'demands' && diagnosis.demand.kind === 'short-dates',
  }),
  asSent({
    slug: 'issuer-as-it-is-spelled',
    catalogue: 'V001',
    title: 'takes the issuer as Truora spells it',
    rule: 'iss is “Truora”.',
    source: 'Truora API reference (REF)',
    why: WHY,
    fix: 'Compare iss with “Truora”, or not at all: the signature proves the sender.',
    tells: (diagnosis) => diagnosis.kind === 'demands' && diagnosis.demand.kind === 'issuer',
  }),
  asSent({
    slug: 'token-of-this-second',
    catalogue: 'V018',
    title: 'takes a token that was made this second',
    rule: 'iat may be some seconds ahead of the receiver’s clock.',
    source: 'RFC 7519 §4.1.6: iat is no reason to refuse',
    why: WHY,
    fix: 'Set the server’s clock by NTP, and allow a minute of leeway for iat.',
    tells: (diagnosis) => diagnosis.kind === 'clock-behind',
  }),
  asSent({
    slug: 'token-of-seconds-ago',
    catalogue: 'V018',
    title: 'takes a token that is some seconds old',
    rule: 'A delivery takes its time, and iat does not limit its life.',
    source: 'RFC 7519 §4.1.6: iat is no reason to refuse',
    why: WHY,
    fix: 'Set no limit to the age of iat: protection from replay is the event’s key, not the clock.',
    tells: (diagnosis) => diagnosis.kind === 'age-refused',
  }),
  asSent({
    slug: 'token-is-the-body',
    catalogue: 'V001',
    title: 'takes the whole body for the token, with nothing around or beside it',
    rule: 'The body is one compact JWT; there is no signature header.',
    source: 'Truora hooks page',
    why: WHY,
    fix: 'Verify the raw body as it came: no JSON, no form and no header is around it.',
    tells: (diagnosis) => diagnosis.kind === 'wants-wrapping',
  }),
];
