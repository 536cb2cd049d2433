import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mutants } from '../fixtures/receivers/mutants/index.js';
import { startReceiver } from '../fixtures/receivers/reference/index.js';
import { HookproofError, nearest } from '../simulator/index.js';

/** Starts the bundled receiver, or the mutant of that id, on a free port with a store of its own. */
export const startDemo = async (mutantId: string | undefined) => {
  const mutant =
    mutantId === undefined
      ? undefined
      : mutants.find(({ id, catalogue }) => id === mutantId || catalogue === mutantId);
  if (mutantId !== undefined && mutant === undefined) {
    const near = nearest(
      mutantId,
      mutants.map(({ id }) => id),
    );
    throw new HookproofError(
      'invalid_argument',
      `no broken receiver is called '${mutantId}'`,
      near === undefined ? 'see hookproof list mutants' : `did you mean --demo=${near}?`,
    );
  }
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hookproof-demo-'));
  const key = randomBytes(32).toString('hex');
  const receiver = await startReceiver({ key, dataDirectory }, mutant?.change);
  return {
    url: receiver.url,
    key,
    probe: { url: receiver.probeUrl },
    close: async () => {
      await receiver.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
};
