import { lookup as systemLookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { HookproofError } from '../core/errors.js';

/** Which hosts may be sent to, and where some of them are. */
export interface TargetRules {
  /** Host names or addresses outside the private ranges that the user vouches for. */
  readonly allowedHosts: readonly string[];
  /** Fixed addresses, as `curl --resolve`: `host:port` → address. */
  readonly resolve: Readonly<Record<string, string>>;
}

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Finds the vetted addresses of a URL's host; rejects with `target_refused`. */
export type TargetGuard = (url: URL) => Promise<readonly Address[]>;

const privateRanges = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  privateRanges.addSubnet(network, prefix, 'ipv4');
}
privateRanges.addAddress('::1', 'ipv6');
privateRanges.addSubnet('fc00::', 7, 'ipv6');
privateRanges.addSubnet('fe80::', 10, 'ipv6');

/** Whether an address is loopback, link-local or in a private range (RFC 1918, 4193, 6598). */
export const isPrivateAddress = (address: string): boolean => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return privateRanges.check(mapped, 'ipv4');
  return privateRanges.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
};

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

export const portOf = (url: URL): number =>
  url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);

/**
 * Guards against sending hostile deliveries to a stranger: every address a host name answers with
 * must be private, unless the host is allowed by name. It is asked again for each connection and
 * each redirect, so an answer that changes later is caught too.
 */
export const createTargetGuard =
  (rules: TargetRules): TargetGuard =>
  async (url) => {
    const host = hostOf(url);
    const fixed = rules.resolve[`${host}:${portOf(url)}`];
    const addresses = fixed === undefined ? await addressesOf(host) : [toAddress(fixed)];
    if (rules.allowedHosts.includes(host)) return addresses;
    const stranger = addresses.find(({ address }) => !isPrivateAddress(address));
    if (stranger === undefined) return addresses;
    const where = stranger.address === host ? host : `${host} (${stranger.address})`;
    throw new HookproofError(
      'target_refused',
      `${where} is outside the loopback and private ranges`,
      `if this receiver is yours, add --allow-host ${host}`,
    );
  };

const toAddress = (address: string): Address => ({ address, family: isIP(address) === 6 ? 6 : 4 });

const addressesOf = async (host: string): Promise<readonly Address[]> => {
  if (isIP(host) !== 0) return [toAddress(host)];
  const answers = await systemLookup(host, { all: true });
  return answers.map(({ address }) => toAddress(address));
};
