import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReceiverControls, VerifyOptions } from '../../contracts/index.js';
import { isReference, openInstance } from './instance.js';
import type { Instance } from './instance.js';
import { needsOf } from './needs.js';
import type { SubjectNeed } from './needs.js';
import type { Subject } from './subject.js';

/** A subject that runs, and what the contract is to know about it. */
export interface OpenReceiver {
  readonly url: string;
  readonly options: VerifyOptions;
  readonly close: () => Promise<void>;
}

const KEY = '3f9a1c5e7b2d4f60'.repeat(4);

/** A folder that is gone with the process at the latest. */
const createFolder = async (): Promise<{ readonly path: string; readonly remove: () => void }> => {
  const path = await mkdtemp(join(tmpdir(), 'hookproof-matrix-'));
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  process.once('exit', remove);
  return { path, remove };
};

const freePort = async (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });

/** What can be done to the receiver, as far as it is needed. */
const controlsOf = (instance: Instance, needs: ReadonlySet<SubjectNeed>): ReceiverControls => ({
  ...(needs.has('restart') && { restart: instance.restart }),
  ...(needs.has('rekey') && { rekey: instance.rekey }),
  ...(needs.has('clock') && {
    clock: async (nowMs) => instance.setClock(nowMs),
  }),
  ...(needs.has('poll') && {
    poll: async (apiUrl = ''): Promise<void> => {
      const running = instance.running();
      if (!isReference(running)) return;
      await fetch(running.pollUrl.replace('{apiUrl}', apiUrl), { method: 'POST' });
    },
  }),
  ...(needs.has('fault') && {
    outage: async (down) => {
      const running = instance.running();
      if (isReference(running)) running.setStoreDown(down);
    },
  }),
});

const stateAt = (url: string) => ({ path: '$.state', url });

/** Starts a subject with a store of its own, and with what its defect needs to show. */
export const openReceiver = async (subject: Subject): Promise<OpenReceiver> => {
  const needs = needsOf(subject);
  const folder = await createFolder();
  const sinkPort = needs.has('sink') ? await freePort() : undefined;
  const instance = await openInstance(subject, {
    key: KEY,
    dataDirectory: folder.path,
    ...(sinkPort === undefined ? {} : { sinkUrl: `http://127.0.0.1:${sinkPort}/` }),
  });
  const running = instance.running();
  const beyond: Partial<VerifyOptions> = {
    controls: controlsOf(instance, needs),
    ...(needs.has('state') &&
      isReference(running) && { state: { path: '$.state', url: running.stateUrl } }),
    ...(needs.has('two-instances') && { peer: (await instance.another()).url }),
    ...(sinkPort === undefined ? {} : { sinkPort }),
    ...(needs.has('poll') && { apiPort: 0 }),
    ...(needs.has('state') && isReference(running) && { state: stateAt(running.stateUrl) }),
  };
  return {
    url: running.url,
    options: {
      key: KEY,
      probe: { url: running.probeUrl },
      probeSettleMs: Math.max(1000, subject.settleMs),
      ...beyond,
    },
    close: async () => {
      await instance.close();
      folder.remove();
    },
  };
};
