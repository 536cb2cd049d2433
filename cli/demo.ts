import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mutants } from '../fixtures/receivers/mutants/index.js';
import { startReceiver } from '../fixtures/receivers/reference/index.js';
import { HookproofError, createRandom, nearest } from '../simulator/index.js';
import { say } from '../language/say.js';

/** The demo's signing key: a new one for each seed, so that a seed sends the same bytes. */
const demoKey = (seed: number): string => createRandom(seed).fork('demo key').hex(64);

/** Where a planned demo would run; nothing is started for a plan. */
export const plannedDemo = (seed: number) => ({
  url: 'http://127.0.0.1:3000/webhooks/truora',
  key: demoKey(seed),
  probe: undefined,
  close: async (): Promise<void> => undefined,
});

/** Starts the bundled receiver, or the mutant of that id, on a free port with a store of its own. */
export const startDemo = async (mutantId: string | undefined, seed: number) => {
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
      say`no broken receiver is called '${mutantId}'`,
      near === undefined ? say`see hookproof list mutants` : say`did you mean --demo=${near}?`,
    );
  }
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hookproof-demo-'));
  const key = demoKey(seed);
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
