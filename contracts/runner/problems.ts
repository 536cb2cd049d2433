import type { Diagnosis } from './case.js';
import type { Wrapping } from './other-bodies.js';
import type { Demand } from './other-tokens.js';
import { say } from '../../language/say.js';

/** Why there is no verdict, and what to do about it. */
export interface Problem {
  readonly message: string;
  readonly remedy: string;
}

/** Somebody ended the run before it was over. */
export const brokenOff = (): Problem => ({
  message: say`the run was ended before it was over`,
  remedy: say`let it run to its end for a verdict`,
});

/** Some statuses say themselves what is wrong, and it is not the key. */
const remedyOf = (answer: string): string => {
  const [, status = ''] = /(\d{3})/.exec(answer) ?? [];
  switch (status) {
    case '421':
      return say`name the host that it serves in the URL; where that host is, --resolve says`;
    case '429':
      return say`lift the limit on requests for this path: a refused delivery comes again, beside the new ones`;
    case '503':
      return say`see whether it is up, and neither in maintenance nor behind a proxy that misses it`;
    default:
      return status.startsWith('5')
        ? say`look into its log: something that it needs may be missing`
        : say`check that --key is the receiver’s key, that the URL has the right path, and that no claim is demanded beside events, iat and iss`;
  }
};

/** What such a demand means for the user. */
const explainDemand = (demand: Demand): Problem => {
  switch (demand.kind) {
    case 'other-key':
      return {
        message: keyMistake(demand.reading),
        remedy:
          demand.reading === 'line-feed'
            ? say`cut what is around the key when it is read`
            : say`hand the key to the library as the text that it is`,
      };
    case 'exp':
      return {
        message: say`the receiver demands exp in the token, which Truora does not send`,
        remedy: say`demand no claim that Truora does not send: only events, iat and iss are there`,
      };
    case 'short-dates':
      return {
        message: say`the receiver cannot read dates with nanoseconds, which Truora’s objects have`,
        remedy: say`read dates with as many decimals as there are, or leave them as texts`,
      };
    case 'issuer':
      return {
        message: say`the receiver demands iss '${demand.issuer}', and Truora sends 'Truora'`,
        remedy: say`compare it as it is written, or not at all`,
      };
  }
};

const keyMistake = (reading: 'hex' | 'base64' | 'line-feed'): string => {
  switch (reading) {
    case 'hex':
      return say`the receiver decodes the key as hexadecimal before it verifies, and Truora signs with its text`;
    case 'base64':
      return say`the receiver decodes the key as base64 before it verifies, and Truora signs with its text`;
    case 'line-feed':
      return say`the receiver’s key ends in a line feed, as one read from a file does`;
  }
};

const explainWrapping = (wrapping: Wrapping): Problem => {
  const remedy = say`take the whole body of the request for the token, and demand nothing beside it`;
  switch (wrapping) {
    case 'json':
      return {
        message: say`the receiver takes the token out of a JSON body, and Truora sends the bare token`,
        remedy,
      };
    case 'form':
      return {
        message: say`the receiver takes the token out of a form, and Truora sends the bare token`,
        remedy,
      };
    case 'bearer':
      return {
        message: say`the receiver takes the token out of Authorization, and Truora sends it as the body`,
        remedy,
      };
    case 'header':
      return {
        message: say`the receiver demands a header, such as one with a signature, that Truora does not send`,
        remedy,
      };
  }
};

/** What a diagnosis means for the user. */
export const explainProblem = (
  diagnosis: Exclude<Diagnosis, { kind: 'content-type' }>,
  effects: boolean,
  path: string | undefined,
): Problem => {
  switch (diagnosis.kind) {
    case 'json-parser-only':
      return {
        message: say`the receiver does not read the body of a genuine delivery: only JSON is parsed`,
        remedy: say`read this route’s body as text, whatever its content type`,
      };
    case 'wavering':
      return {
        message: say`the receiver took none of the first deliveries, and takes one now: it was not ready, or refuses the retry of what it was late with`,
        remedy: say`run it again when it is at rest; a copy of what was applied must be answered 200`,
      };
    case 'clock-behind':
      return {
        message: say`the receiver refuses a fresh token and takes an older one: its clock is behind and it allows no leeway`,
        remedy: say`set its clock, and allow a minute of leeway for iat`,
      };
    case 'age-refused':
      return {
        message: say`the receiver refuses a token that is two seconds old and takes one of this second`,
        remedy: say`set no limit to the age of iat: the last retry comes 170 minutes after the first attempt`,
      };
    case 'demands':
      return explainDemand(diagnosis.demand);
    case 'wants-wrapping':
      return explainWrapping(diagnosis.wrapping);
    case 'refused':
      return {
        message: /status 5/.test(diagnosis.answer)
          ? say`the receiver fails on every genuine delivery (${diagnosis.answer})`
          : say`the receiver refuses every genuine delivery (${diagnosis.answer})`,
        remedy: areRealmsMixed() ? realmsRemedy() : remedyOf(diagnosis.answer),
      };
    case 'no-effect':
      return path === undefined
        ? {
            message: say`the receiver acknowledges genuine deliveries, and the probe never shows an effect`,
            remedy: say`check --probe by hand after one delivery${effects ? say`, or raise --probe-settle if the receiver works later` : ''}`,
          }
        : {
            message: say`the probe’s answer does not contain the event’s id, but a number in it went from 0 to 1`,
            remedy: say`add --probe-count '${path}'`,
          };
  }
};

/** The probe counted something before anything was sent. */
export const echoes = (effects: number, path: string | undefined): Problem => ({
  message: say`the probe counts ${effects} for an event that was never sent: its answer repeats the id, or the receiver still knows this seed’s events`,
  remedy:
    path === undefined
      ? say`use another --seed, empty the store, or point --probe-count at the number of effects`
      : say`add --probe-count '${path}'`,
});

/** As in jsdom, whose Uint8Array is not that of Node's TextEncoder: jose then refuses every key. */
const areRealmsMixed = (): boolean => !(new TextEncoder().encode('') instanceof Uint8Array);

const realmsRemedy = (): string =>
  say`this test runs in an environment such as jsdom, where TextEncoder and Uint8Array do not fit together and token libraries refuse every key: put // @vitest-environment node (Jest: @jest-environment node) at the head of its file`;
