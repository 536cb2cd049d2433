import type { Canary, ContractCase, Judgement } from '../runner/case.js';
import { watchAbsent } from '../runner/watch.js';
import { createForgeKit, segment } from './forge.js';
import type { ForgeKit, JsonObject } from './forge.js';
import { STRANGERS_JWKS, signedByStranger } from './stranger.js';
import { TEST_CERTIFICATE, TEST_KID } from './test-keys.js';
import { say } from '../../language/say.js';

/** One way for a token to name an address. */
interface Lure {
  /** What is served there. */
  readonly body: string;
  readonly header?: (url: string) => JsonObject;
  readonly claims?: (url: string) => JsonObject;
  /** Where a receiver that follows it looks, beside the address itself. */
  readonly also?: readonly string[];
}

const WELL_KNOWN = '/.well-known';

const lures: Readonly<Record<string, Lure>> = {
  jku: { body: STRANGERS_JWKS, header: (jku) => ({ jku, kid: TEST_KID }) },
  x5u: { body: TEST_CERTIFICATE, header: (x5u) => ({ x5u }) },
  x5c: { body: TEST_CERTIFICATE, header: (url) => ({ x5c: [url] }) },
  kid: { body: STRANGERS_JWKS, header: (kid) => ({ kid }) },
  iss: {
    body: STRANGERS_JWKS,
    header: () => ({ kid: TEST_KID }),
    claims: (iss) => ({ iss }),
    also: [
      `/named-by-iss${WELL_KNOWN}/openid-configuration`,
      `/named-by-iss${WELL_KNOWN}/jwks.json`,
      `${WELL_KNOWN}/oauth-authorization-server/named-by-iss`,
      `${WELL_KNOWN}/openid-configuration/named-by-iss`,
    ],
  },
};

const pathOf = (name: string): string => `/named-by-${name}`;

const tokenOf = (kit: ForgeKit, { header, claims }: Lure, url: string): string => {
  const payload = claims === undefined ? kit.payload : { ...kit.claims, ...claims(url) };
  return signedByStranger('RS256', segment(payload), header?.(url));
};

/** Which of the addresses were asked for. */
const followed = (canary: Canary): readonly string[] =>
  Object.entries(lures)
    .filter(([name, { also = [] }]) =>
      [pathOf(name), ...also].some((path) => canary.hits(path) > 0),
    )
    .map(([name]) => name);

const judge = (canary: Canary): Judgement => {
  const names = followed(canary);
  return {
    verdict: names.length === 0 ? 'passed' : 'failed',
    expected: say`no request to an address that only an unverified token names`,
    actual:
      names.length === 0 ? say`no request` : say`asked for what it found in ${names.join(', ')}`,
  };
};

export const fetches: readonly ContractCase[] = [
  {
    kind: 'sends',
    id: 'verification/fetches-what-a-token-names',
    catalogue: 'P55',
    suite: 'verification',
    family: 'fetches-from-token',
    level: 'must',
    severity: 'critical',
    title: 'asks for nothing that an unverified token names',
    rule: 'Addresses in jku, x5u, x5c, kid and iss are not followed: the key is configured.',
    source: 'RFC 8725 §3.10; RFC 7515 §10.4',
    why: 'Whoever knows your URL can make your receiver call any address from inside your network: cloud metadata, admin pages, or a server with keys of his own.',
    fix: 'Ignore jku, x5u, x5c and iss as addresses. Turn key discovery off in your library.',
    needs: ['canary'],
    stage: 'group',
    run: async (context) => {
      const { canary } = context;
      if (canary === undefined) throw new Error('a case that needs a canary ran without one');
      const attempts = await Promise.all(
        Object.entries(lures).map(async ([name, lure]) => {
          const event = context.event();
          const kit = createForgeKit(context, event);
          const token = tokenOf(kit, lure, kit.lure(pathOf(name), lure.body));
          return context.send('hostile', [event], token, { label: name });
        }),
      );
      return { attempts, watched: watchAbsent(attempts), judge: () => judge(canary) };
    },
  },
];
