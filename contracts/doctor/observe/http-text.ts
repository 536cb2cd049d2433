/** Reads as much of HTTP/1 as a diagnosis needs, from what came on a socket. */

export interface HttpAnswer {
  readonly version: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The end of the body is known and has come; otherwise it ends with the connection. */
  readonly complete: boolean;
}

const HEAD = /^HTTP\/(\d\.\d) (\d{3})[^\r\n]*\r?\n((?:[^\r\n]+\r?\n)*)\r?\n/;

/** Whether a text can still become an HTTP answer. */
export const looksLikeHttp = (text: string): boolean =>
  text.startsWith('HTTP/'.slice(0, text.length));

/** Answers without a body, whatever they say of its length (RFC 9112 §6.3). */
const isBodiless = (status: number): boolean => status === 204 || status === 304;

const headersIn = (lines: string): Record<string, string> =>
  Object.fromEntries(
    lines
      .split(/\r?\n/)
      .map((line) => /^([^:]+):[ \t]*(.*?)[ \t]*$/.exec(line))
      .flatMap((match) =>
        match === null ? [] : [[(match[1] ?? '').toLowerCase(), match[2] ?? '']],
      ),
  );

const isChunked = (headers: Readonly<Record<string, string>>): boolean =>
  /chunked/i.test(headers['transfer-encoding'] ?? '');

const isComplete = (status: number, headers: Readonly<Record<string, string>>, text: string) => {
  if (isBodiless(status)) return true;
  if (isChunked(headers)) {
    return /(?:^|\r\n)0\r\n(?:.+\r\n)*\r\n$/.test(text);
  }
  const length = headers['content-length'];
  return length !== undefined && text.length >= Number(length);
};

/** The data of a chunked body, as far as it has come (RFC 9112 §7.1). */
const unchunked = (text: string): string => {
  const [line, digits = ''] = /^([0-9a-f]+)[^\r\n]*\r\n/i.exec(text) ?? [];
  const length = Number.parseInt(digits, 16);
  if (line === undefined || length === 0) return '';
  const end = line.length + length;
  return text.slice(line.length, end) + unchunked(text.slice(end + 2));
};

/** The final answer at the start of a latin1 text; interim ones (1xx) are passed over. */
export const answerIn = (text: string): HttpAnswer | undefined => {
  const [head, version, code, lines] = HEAD.exec(text) ?? [];
  if (head === undefined || version === undefined || lines === undefined) return undefined;
  const rest = text.slice(head.length);
  const status = Number(code);
  if (status < 200) return answerIn(rest);
  const headers = headersIn(lines);
  return {
    version,
    status,
    headers,
    text: isChunked(headers) ? unchunked(rest) : rest,
    complete: isComplete(status, headers, rest),
  };
};
