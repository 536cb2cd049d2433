import { classifyError } from '../../../simulator/index.js';
import type { AnswerSeen, Reply } from '../seen.js';
import type { Bench } from './bench.js';
import { answerIn, looksLikeHttp } from './http-text.js';
import { speaksTls } from './tls.js';
import { say } from '../../../language/say.js';

/** The first bytes of a TLS alert or handshake record (RFC 8446 §5.1). */
const isTlsRecord = (heard: string): boolean =>
  heard.startsWith('\u0015\u0003') || heard.startsWith('\u0016\u0003');

/** What web servers say on their TLS port to those who do not speak it. */
const SPEAK_TLS = /plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server/i;

const NO_REPLY: Reply = {
  status: undefined,
  failure: undefined,
  headers: {},
  text: '',
  latencyMs: 0,
};

const printable = (text: string): string =>
  text
    .slice(0, 60)
    .replaceAll(/[^\x20-\x7e]+/g, '·')
    .trim();

/** Sends a nonsense POST on a socket of its own and looks at whatever comes back. */
export const observeAnswer = async (bench: Bench, address: string): Promise<AnswerSeen> => {
  const { target, patienceMs } = bench;
  const seen = (kind: AnswerSeen['kind'], detail: string, rest: Partial<AnswerSeen> = {}) => ({
    kind,
    detail,
    version: undefined,
    reply: NO_REPLY,
    answersGet: undefined,
    ...rest,
  });
  const silence = async (kind: 'hangs' | 'closes', detail: string): Promise<AnswerSeen> => {
    if (!target.secure && (await speaksTls(bench, address))) return seen('speaks-tls', detail);
    const { status } = await bench.ask('GET');
    return seen(kind, detail, { answersGet: status !== undefined });
  };
  const sentMs = bench.nowMs();
  let line;
  try {
    line = await bench.open();
  } catch (error) {
    return silence('closes', classifyError(error).detail);
  }
  const { head, body } = bench.text([['Connection', 'close']]);
  const startedAt = performance.now();
  line.write(head + body);
  const end = await line.until(
    (heard) => answerIn(heard)?.complete === true || !looksLikeHttp(heard.slice(0, 5)),
    patienceMs,
  );
  const latencyMs = performance.now() - startedAt;
  const heard = line.heard();
  line.close();
  if (isTlsRecord(heard)) return seen('speaks-tls', say`a TLS alert`);
  const answer = answerIn(heard);
  if (answer === undefined) {
    if (heard !== '' && (end !== 'late' || !looksLikeHttp(heard.slice(0, 5)))) {
      return seen('not-http', printable(heard));
    }
    return end === 'late'
      ? silence('hangs', `${Math.round(latencyMs)} ms`)
      : silence('closes', say`closed without a byte`);
  }
  const { version, status, headers, text } = answer;
  bench.note(headers, sentMs);
  if (status === 400 && SPEAK_TLS.test(text)) return seen('speaks-tls', text.slice(0, 80));
  const reply = { status, failure: undefined, headers, text: text.slice(0, 2000), latencyMs };
  return seen('http', '', { version, reply });
};
