import type { ConnectionSeen, ExpectSeen } from '../seen.js';
import type { Bench } from './bench.js';
import { answerIn } from './http-text.js';

const isWhole = (heard: string): boolean => answerIn(heard)?.complete === true;

/**
 * Sends two requests on one connection: copies of a delivery that was sent before, as servers often
 * close after a refusal. Undefined where the first is not answered.
 */
export const observeConnection = async (bench: Bench): Promise<ConnectionSeen | undefined> => {
  const line = await bench.open();
  try {
    const send = (): void => {
      const { head, body } = bench.text([], { body: bench.copy() });
      line.write(head + body);
    };
    send();
    await line.until(isWhole, bench.patienceMs);
    const answer = answerIn(line.heard());
    if (answer === undefined) return undefined;
    const { version, headers, status } = answer;
    const said = headers['connection']?.toLowerCase() ?? '';
    const keeps = version === '1.0' ? said.includes('keep-alive') : !said.includes('close');
    const seen = { version, taken: status < 300 };
    // A body of unknown length ends with its connection, whatever else is said.
    if (!keeps || !answer.complete) return { ...seen, announces: 'close', second: 'not-sent' };
    const heardBefore = line.heard().length;
    send();
    const end = await line.until((heard) => isWhole(heard.slice(heardBefore)), bench.patienceMs);
    return { ...seen, announces: 'keep', second: end === 'met' ? 'answered' : 'closed' };
  } finally {
    line.close();
  }
};

/** How long a client waits for the word to go on before it sends the body all the same. */
const EXPECT_MS = 1000;

/** Asks for `100 Continue` before the body (RFC 9110 §10.1.1). */
export const observeExpect = async (bench: Bench): Promise<ExpectSeen> => {
  const line = await bench.open();
  try {
    const { head, body } = bench.text([
      ['Expect', '100-continue'],
      ['Connection', 'close'],
    ]);
    line.write(head);
    const end = await line.until((heard) => heard.includes('\r\n\r\n'), EXPECT_MS);
    const told = /^HTTP\/1\.\d 100/.test(line.heard());
    const early = answerIn(line.heard());
    if (!told && early !== undefined) {
      return { reaction: early.status === 417 ? 'refuses' : 'answers', status: early.status };
    }
    if (end === 'closed') return { reaction: 'closes', status: undefined };
    line.write(body);
    await line.until(isWhole, bench.patienceMs);
    return { reaction: told ? 'continue' : 'silent', status: answerIn(line.heard())?.status };
  } finally {
    line.close();
  }
};
