import { lookup as systemLookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { HookproofError } from '../core/errors.js';
import { say } from '../../language/say.js';

/** Which hosts may be sent to, and where some of them are. */
export interface TargetRules {
  /** Host names or addresses outside the private ranges that the user vouches for. */
  readonly allowedHosts: readonly string[];
  /** Fixed addresses, as `curl --resolve`: `host:port` → address. */
  readonly resolve: Readonly<Record<string, string>>;
}

/** An address that a host has. */
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
  ['100.64.0.0', 10],
] as const) {
  privateRanges.addSubnet(network, prefix, 'ipv4');
}
privateRanges.addAddress('0.0.0.0', 'ipv4');
privateRanges.addAddress('::', 'ipv6');
privateRanges.addAddress('::1', 'ipv6');
privateRanges.addSubnet('fc00::', 7, 'ipv6');
privateRanges.addSubnet('fe80::', 10, 'ipv6');

/** Where clouds hand a machine its credentials. It is no receiver, even in a private range. */
const metadataServices = new BlockList();
for (const address of ['169.254.169.254', '100.100.100.200']) {
  metadataServices.addAddress(address, 'ipv4');
}
for (const address of ['fd00:ec2::254', 'fd20:ce::254', 'fe80::a9fe:a9fe']) {
  metadataServices.addAddress(address, 'ipv6');
}

/**
 * Why an address is not to be sent to; undefined for loopback and private ranges (RFC 1918, 4193,
 * 6598). Both lists know IPv4 addresses mapped to IPv6.
 */
const objectionTo = ({ address, family }: Address): string | undefined => {
  const withoutZone = address.replace(/%.*/, '');
  const type = family === 6 ? 'ipv6' : 'ipv4';
  if (metadataServices.check(withoutZone, type)) return say`is the metadata service of a cloud`;
  if (privateRanges.check(withoutZone, type)) return undefined;
  return say`is outside the loopback and private ranges`;
};

const withoutBrackets = (host: string): string => host.replace(/^\[|\]$/g, '');

/** The port of a URL, that of its protocol where it names none. */
export const portOf = (url: URL): number =>
  url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);

/**
 * Guards against sending hostile deliveries to a stranger: every address a host name answers with
 * must be private, unless the host is allowed by name. It is asked again for each connection and
 * each redirect, so an answer that changes later is caught too.
 */
export const createTargetGuard = (rules: TargetRules): TargetGuard => {
  const allowed = new Set(rules.allowedHosts.map((host) => withoutBrackets(host.toLowerCase())));
  const mapped = new Map(
    Object.entries(rules.resolve).map(([where, to]) => [
      where.toLowerCase(),
      readAddress(to, where),
    ]),
  );
  return async (url) => {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new HookproofError(
        'invalid_argument',
        say`expected a URL that begins with http:// or https://, got ${url.protocol}`,
        say`write it as http://localhost:3000/webhooks/truora`,
      );
    }
    const host = withoutBrackets(url.hostname);
    const addresses = await addressesOf(host, mapped.get(`${host}:${portOf(url)}`));
    if (allowed.has(host)) return addresses;
    for (const one of addresses) {
      const objection = objectionTo(one);
      if (objection === undefined) continue;
      throw new HookproofError(
        'target_refused',
        `${one.address === host ? host : `${host} (${one.address})`} ${objection}`,
        say`if this receiver is yours, add --allow-host ${host}`,
      );
    }
    return addresses;
  };
};

const toAddress = (address: string): Address => ({ address, family: isIP(address) === 6 ? 6 : 4 });

const readAddress = (text: string, where: string): Address => {
  const address = withoutBrackets(text);
  if (isIP(address) !== 0) return toAddress(address);
  throw new HookproofError(
    'invalid_argument',
    say`expected an IP address for ${where}, got ${JSON.stringify(text)}`,
    say`write it as --resolve ${where}:127.0.0.1`,
  );
};

/** An address in a URL is what it is: sockets do not look it up, so it cannot be mapped either. */
const addressesOf = async (
  host: string,
  mapped: Address | undefined,
): Promise<readonly Address[]> => {
  if (isIP(host) !== 0) return [toAddress(host)];
  if (mapped !== undefined) return [mapped];
  const answers = await systemLookup(host, { all: true });
  return answers.map(({ address }) => toAddress(address));
};
