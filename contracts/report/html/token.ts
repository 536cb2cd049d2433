/** What a body says, decoded, and what it is, byte for byte. */
import type { RecordedBody } from '../../runner/result.js';
import { later, say, translate } from '../../../language/say.js';
import { codeBlock, escape } from './escape.js';

const HEX_BYTES = 256;
const HEX_PER_LINE = 16;

const bytesOf = ({ text, base64 }: RecordedBody): Uint8Array =>
  base64 === undefined
    ? new TextEncoder().encode(text ?? '')
    : Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** The JSON of a token's segment, or a sentence that says why there is none. */
const segmentOf = (segment: string): string => {
  try {
    const binary = atob(segment.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return say`not base64url of JSON: ${segment.slice(0, 80)}${segment.length > 80 ? '…' : ''}`;
  }
};

const decoded = (text: string): string => {
  const [header, payload, signature] = text.split('.');
  if (header === undefined || payload === undefined || header === '') return '';
  return [
    `<h6>${say`Header`}</h6>${codeBlock(segmentOf(header), say`decoded header`)}`,
    `<h6>${say`Claims`}</h6>${codeBlock(segmentOf(payload), say`decoded claims`)}`,
    `<p class="quiet">${say`Signature: ${signature === undefined || signature === '' ? say`none` : escape(signature.slice(0, 90))}`}</p>`,
  ].join('');
};

const hex = (bytes: Uint8Array): string => {
  const lines: string[] = [];
  for (let start = 0; start < Math.min(bytes.length, HEX_BYTES); start += HEX_PER_LINE) {
    const row = Array.from(bytes.slice(start, start + HEX_PER_LINE));
    const numbers = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = row.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.'));
    lines.push(
      `${start.toString(16).padStart(4, '0')}  ${numbers.padEnd(HEX_PER_LINE * 3)} ${text.join('')}`,
    );
  }
  return lines.join('\n');
};

const WITHHELD = {
  signature: later('the token is valid: its signature is withheld'),
  secret: later('the key or a right signature was in it: it is withheld'),
} as const;

/** A body as details: the decoded token where it is one, then its bytes. */
export const describeBody = (body: RecordedBody): string => {
  const bytes = bytesOf(body);
  const notes = [
    say`${body.ofBytes ?? bytes.length} bytes`,
    ...(body.ofBytes === undefined ? [] : [say`the first ${bytes.length} are kept`]),
    ...(body.withheld === undefined ? [] : [translate(WITHHELD[body.withheld])]),
    ...(bytes.length > HEX_BYTES ? [say`the first ${HEX_BYTES} are shown in hex`] : []),
  ];
  return [
    decoded(body.text ?? ''),
    `<h6>${say`Bytes`}</h6><p class="quiet">${escape(notes.join('; '))}</p>`,
    bytes.length === 0 ? '' : codeBlock(hex(bytes), say`bytes in hex`),
    body.text === undefined || body.text === ''
      ? ''
      : `<details><summary>${say`As text`}</summary>${codeBlock(body.text, say`body as text`)}</details>`,
  ].join('');
};
