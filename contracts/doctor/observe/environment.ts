import { existsSync, readFileSync } from 'node:fs';
import type { EnvironmentSeen } from '../seen.js';
import type { Bench } from './bench.js';
import { seeProxies } from './proxies.js';

/** The files and variables that containers leave behind. */
const signOfContainer = (env: Bench['env']): string | undefined => {
  for (const file of ['/.dockerenv', '/run/.containerenv']) if (existsSync(file)) return file;
  if (env['KUBERNETES_SERVICE_HOST'] !== undefined) return 'KUBERNETES_SERVICE_HOST';
  try {
    const groups = readFileSync('/proc/1/cgroup', 'utf8');
    return /docker|kubepods|containerd|libpod/.exec(groups)?.[0];
  } catch {
    return undefined;
  }
};

export const observeEnvironment = async ({ env, target }: Bench): Promise<EnvironmentSeen> => ({
  proxies: await seeProxies(env, target),
  container: signOfContainer(env),
});
