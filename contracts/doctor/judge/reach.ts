import { remedyFor } from '../../runner/unreachable.js';
import type { Finding } from '../finding.js';
import type { ConnectSeen, Known, ReachSeen } from '../seen.js';
import { duration, inUrl, urlWith } from './words.js';
import { later, say, translate } from '../../../language/say.js';

const isOpen = ({ outcome }: ConnectSeen): boolean => outcome === 'open';

const list = (connects: readonly ConnectSeen[]): string =>
  connects.map(({ address, outcome }) => `${address} ${outcome}`).join(', ');

const isLoopback = (host: string): boolean => /^(?:localhost|127\.|::1$)/.test(host);

/** Where to look instead, the likeliest first; empty where nothing was found. */
const elsewhere = (seen: ReachSeen, { target, environment }: Known): readonly string[] => {
  const { host: machine, otherPorts } = seen;
  const { shown } = target;
  const ports = otherPorts.map((port) => urlWith(shown, { port }));
  const inContainer = environment?.container !== undefined && isLoopback(target.host);
  if (machine?.open === true) {
    return [
      say`this is a container, and the receiver listens on its host: ${urlWith(shown, { host: machine.name })}`,
    ];
  }
  return [
    ...(ports.length === 0 ? [] : [say`something answers HTTP at ${ports.join(say` and `)}`]),
    ...(inContainer
      ? [
          say`in a container ${target.host} is the container itself: for a receiver on its host use ${urlWith(shown, { host: 'host.docker.internal' })} (on Linux start the container with --add-host=host.docker.internal:host-gateway), for one in another container its service’s name`,
        ]
      : []),
  ];
};

const WHY = later(
  'no attempt gets through: each counts as failed, and more than 80% of them within an hour disable the hook (DOC)',
);

const nothingOpen = (seen: ReachSeen, known: Known): Finding => {
  const { host, port } = known.target;
  const where = `${inUrl(host)}:${port}`;
  const way = seen.proxies.find(({ reaches }) => reaches === true);
  if (way !== undefined) {
    return {
      id: 'reach/proxy-only',
      severity: 'blocks',
      title: say`${where} can be reached through a proxy only`,
      seen: say`${list(seen.connects)}; ${way.variable}=${way.url} leads there`,
      why: say`hookproof goes directly and does not use proxies, so that it sees what the receiver sends and nothing else`,
      mend: say`run hookproof where the receiver can be reached directly, or forward a port: ssh -L <port>:<host>:<port>`,
    };
  }
  const refused = seen.connects.some(({ outcome }) => outcome === 'refused');
  const places = elsewhere(seen, known);
  if (refused) {
    return {
      id: 'reach/nothing-listens',
      severity: 'blocks',
      title: say`nothing listens at ${where}`,
      seen: list(seen.connects),
      why: translate(WHY),
      mend: [remedyFor('refused'), ...places].join('; '),
    };
  }
  return {
    id: 'reach/no-way',
    severity: 'blocks',
    title: say`no connection to ${where} comes about`,
    seen: seen.connects
      .map(({ address, code, tookMs }) => say`${address} ${code} after ${duration(tookMs)}`)
      .join(', '),
    why: translate(WHY),
    mend: [
      say`a firewall, a security group or a missing route drops it: allow the port, or run hookproof inside that network`,
      ...places,
    ].join('; '),
  };
};

/** The name stands for addresses of which some lead nowhere. */
const someOpen = (seen: ReachSeen, { target }: Known): readonly Finding[] => {
  const open = seen.connects.filter(isOpen);
  const closed = seen.connects.filter((one) => !isOpen(one) && one.outcome !== 'unavailable');
  const [one] = open;
  if (one === undefined || closed.length === 0) return [];
  const usable = open.some(({ named }) => named);
  const url = urlWith(target.shown, { host: inUrl(one.address) });
  const families = new Set(open.map(({ family }) => family));
  if (families.size === 1 && isLoopback(target.host)) {
    const [family, other] = one.family === 6 ? ['IPv6', '127.0.0.1'] : ['IPv4', '::1'];
    // An address that the name does not stand for is nobody's loss.
    if (usable && !closed.some(({ named }) => named)) return [];
    return [
      {
        id: one.family === 6 ? 'reach/ipv6-only' : 'reach/ipv4-only',
        severity: usable ? (one.family === 6 ? 'warns' : 'note') : 'blocks',
        title: say`the receiver listens on ${family} only (${one.address})`,
        seen: list(seen.connects),
        why: usable
          ? say`${target.host} stands for more than one address, and clients that try ${other} first fail or lose time`
          : say`${target.host} stands for ${other} here, where nothing listens`,
        mend: say`use ${url}, or let the receiver listen on ${one.family === 6 ? say`both families: server.listen(port, '::') or 0.0.0.0` : say`'::', which takes both families`}`,
      },
    ];
  }
  return [
    {
      id: 'reach/some-addresses-dead',
      severity: usable ? 'warns' : 'blocks',
      title: say`${target.host} has addresses that lead nowhere`,
      seen: list(seen.connects),
      why: say`a sender that draws one of them fails, or loses time before it tries the next`,
      mend: say`remove dead addresses from the name’s records, or start the receiver on all of them`,
    },
  ];
};

export const judgeReach = (seen: ReachSeen, known: Known): readonly Finding[] =>
  seen.connects.some(isOpen) ? someOpen(seen, known) : [nothingOpen(seen, known)];

export const describeReach = ({ connects, listener }: ReachSeen, { target }: Known): string => {
  const open = connects.filter(isOpen);
  if (open.length === 0) return say`port ${target.port}: ${list(connects)}`;
  const who = listener === undefined ? '' : `, ${listener}`;
  return `${open.map(({ address }) => `${inUrl(address)}:${target.port}`).join(say` and `)}${who} (${duration(open[0]?.tookMs ?? 0)})`;
};
