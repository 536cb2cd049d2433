/** The request as a curl command that holds neither the key nor a token: `send` pipes it a fresh one. */
import { withoutPassword } from '../../simulator/index.js';
import { quote } from '../quote.js';
import type { Header, Resolution } from '../parse.js';

export interface CurlRequest {
  readonly url: string;
  readonly headers: readonly Header[];
  readonly timeoutMs: number;
  readonly redirectsMax: number;
  readonly insecure: boolean;
  readonly resolve: Resolution;
}

/** Headers whose values let somebody in; the command takes them from the environment. */
const SECRET = /auth|cookie|key|password|secret|session|signature|token/i;

const variableFor = (name: string): string => name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');

const headerArgument = ([name, value]: Header): string =>
  SECRET.test(name) ? `${quote(`${name}: `)}"$${variableFor(name)}"` : quote(`${name}: ${value}`);

/** @param again the arguments after `hookproof send` that make the same body */
export const curlCommand = (request: CurlRequest, again: readonly string[]): string => {
  const { url, headers, timeoutMs, redirectsMax, insecure, resolve } = request;
  const lines = [
    `hookproof send ${[...again, '--print-token'].map(quote).join(' ')} |`,
    `curl --include ${quote(withoutPassword(url))}`,
    ...headers.map((header) => `--header ${headerArgument(header)}`),
    `--data-binary @- --max-time ${timeoutMs / 1000}`,
    `--location --max-redirs ${redirectsMax}`,
    ...(insecure ? ['--insecure'] : []),
    ...Object.entries(resolve).map((entry) => `--resolve ${quote(entry.join(':'))}`),
  ];
  return `${lines.join(' \\\n  ')}\n`;
};
