/** A receiver that a run may restart, poll, rekey and move through time, and what came of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyReceiver } from '../../contracts/index.js';
import type { CaseResult, ReceiverControls, RunResult } from '../../contracts/index.js';
import { mutants } from '../../fixtures/receivers/mutants/index.js';
import { startReceiver } from '../../fixtures/receivers/reference/index.js';
import type { ReceiverParts } from '../../fixtures/receivers/reference/index.js';
import { key } from '../receivers/token.js';

/** What a run may use beyond its requests. */
export type Provided = keyof ReceiverControls | 'effects' | 'sink' | 'peer' | 'state';

/** All that a run can use. */
export const everything: readonly Provided[] = [
  'effects',
  'sink',
  'peer',
  'state',
  'restart',
  'clock',
  'poll',
  'rekey',
  'outage',
];

export const changeOf = (id: string): ((parts: ReceiverParts) => ReceiverParts) => {
  const mutant = mutants.find((one) => one.id === id);
  if (mutant === undefined) throw new Error(`no mutant is called ${id}`);
  return mutant.change;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const post = async (url: string, body?: unknown): Promise<void> => {
  await fetch(url, { method: 'POST', body: JSON.stringify(body) });
};

/** Runs some cases against the reference receiver, or against one with a part changed. */
export const runWith = async (
  provided: readonly Provided[],
  only: readonly string[],
  change?: (parts: ReceiverParts) => ReceiverParts,
): Promise<RunResult> => {
  const has = (one: Provided): boolean => provided.includes(one);
  const dataDirectory = await mkdtemp(join(tmpdir(), 'recovery-'));
  const sinkPort = has('sink') ? await freePort() : undefined;
  const options = {
    key,
    dataDirectory,
    ...(sinkPort === undefined ? {} : { sinkUrl: `http://127.0.0.1:${sinkPort}/` }),
  };
  let receiver = await startReceiver(options, change);
  const peer = has('peer') ? await startReceiver(options, change) : undefined;
  const port = Number(new URL(receiver.url).port);
  const all: Required<ReceiverControls> = {
    restart: async () => {
      await receiver.kill();
      receiver = await startReceiver({ ...options, port }, change);
    },
    clock: async (nowMs) => post(receiver.clockUrl, { nowMs: nowMs ?? null }),
    poll: async (apiUrl = '') => post(receiver.pollUrl.replace('{apiUrl}', apiUrl)),
    rekey: async (next) => receiver.setKey(next),
    outage: async (down) => receiver.setStoreDown(down),
  };
  try {
    return await verifyReceiver(receiver.url, {
      key,
      only,
      seed: 5,
      controls: Object.fromEntries(
        Object.entries(all).filter(([name]) => provided.some((one) => one === name)),
      ),
      ...(has('effects') && { probe: { url: receiver.probeUrl } }),
      ...(has('state') && { state: { path: '$.state', url: receiver.stateUrl } }),
      ...(has('poll') && { apiPort: 0 }),
      ...(peer !== undefined && { peer: peer.url }),
      ...(sinkPort === undefined ? {} : { sinkPort }),
    });
  } finally {
    await peer?.close();
    await receiver.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
};

/** Ids of the cases with a verdict. */
export const idsOf = ({ cases }: RunResult, verdict: CaseResult['verdict']): readonly string[] =>
  cases.filter((one) => one.verdict === verdict).map(({ id }) => id);

/** What a case says that failed; undefined where it did not. */
export const complaintOf = ({ cases }: RunResult, id: string): string | undefined =>
  cases.find((one) => one.id === id && one.verdict === 'failed')?.actual;
