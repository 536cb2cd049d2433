import type { Finding } from '../finding.js';
import type { EnvironmentSeen, ProxySeen } from '../seen.js';
import { say } from '../../../language/say.js';

const list = (proxies: readonly ProxySeen[]): string =>
  proxies.map(({ variable, url }) => `${variable}=${url}`).join(', ');

/** Proxies do not stand in hookproof's way; they stand in that of others. */
export const judgeEnvironment = ({ proxies }: EnvironmentSeen): readonly Finding[] => {
  const dead = proxies.filter(({ alive }) => !alive);
  const applying = proxies.filter(({ applies, alive }) => applies && alive);
  const findings: Finding[] = [];
  if (dead.length > 0) {
    findings.push({
      id: 'environment/dead-proxy',
      severity: 'warns',
      title: say`the environment names a proxy that does not answer`,
      seen: say`${list(dead)}: nothing takes connections there`,
      why: say`hookproof goes to the receiver directly, so its answers are right; curl, and a receiver that is started from this shell and asks Truora’s API, go through the proxy and fail`,
      mend: say`unset ${dead.map(({ variable }) => variable).join(' ')}, or start the proxy`,
    });
  }
  if (applying.length > 0) {
    findings.push({
      id: 'environment/proxy-not-used',
      severity: 'note',
      title: say`a proxy is set, and hookproof does not use it`,
      seen: list(applying),
      why: say`hookproof goes to the receiver directly, as Truora would; curl in this shell goes through the proxy and may see something else`,
      mend: say`to compare by hand: curl --noproxy "*"`,
    });
  }
  return findings;
};

export const describeEnvironment = ({ proxies, container }: EnvironmentSeen): string =>
  [
    proxies.length === 0 ? say`no proxy is set` : say`${list(proxies)} (not used)`,
    ...(container === undefined ? [] : [say`in a container (${container})`]),
  ].join('; ');
