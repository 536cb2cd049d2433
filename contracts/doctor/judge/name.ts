import { remedyFor } from '../../runner/unreachable.js';
import type { Finding } from '../finding.js';
import type { Known, NameSeen } from '../seen.js';
import { duration } from './words.js';
import { later, say, translate } from '../../../language/say.js';

/** A third of the time that an answer may take is gone before the first byte. */
const SLOW_MS = 1000;

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: later('no address has that name'),
  EAI_NODATA: later('the name has no address'),
  EAI_AGAIN: later('the name server did not answer'),
  ETIMEDOUT: later('the name server did not answer'),
};

export const judgeName = (seen: NameSeen, { target, environment }: Known): readonly Finding[] => {
  const { host, port } = target;
  if (seen.kind === 'failed') {
    const proxy = environment?.proxies.find(({ applies, alive }) => applies && alive);
    const byProxy =
      proxy === undefined
        ? ''
        : say`; the proxy in ${proxy.variable} may know it, and hookproof does not use proxies`;
    return [
      {
        id: 'name/not-found',
        severity: 'blocks',
        title: say`the name ${host} cannot be found`,
        seen: say`${translate(WORDS[seen.code] ?? later('the lookup failed'))} (${seen.code}, after ${duration(seen.tookMs)})${byProxy}`,
        why: say`without an address nothing can be delivered; Truora’s attempts fail the same way if the name is unknown in public`,
        mend: say`${remedyFor('dns')}, or give its address with --resolve ${host}:${port}:<address>`,
      },
    ];
  }
  if (seen.tookMs < SLOW_MS || seen.given) return [];
  return [
    {
      id: 'name/slow',
      severity: 'warns',
      title: say`it takes long to find ${host}`,
      seen: say`the lookup took ${duration(seen.tookMs)}`,
      why: say`if the sender’s name server is as slow, that time is taken from the receiver’s`,
      mend: say`ask each name server by hand (dig ${host}); one of them may be dead`,
    },
  ];
};

export const describeName = (seen: NameSeen, { target }: Known): string => {
  if (seen.kind === 'failed') return `${target.host}: ${translate(WORDS[seen.code] ?? seen.code)}`;
  if (seen.given) return seen.addresses.join(', ');
  return say`${target.host} is ${seen.addresses.join(', ')} (${duration(seen.tookMs)})`;
};
