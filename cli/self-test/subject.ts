import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractCases, verifyReceiver } from '../../contracts/index.js';
import type { RunResult, VerifyOptions } from '../../contracts/index.js';
import type { Mutant } from '../../fixtures/receivers/mutants/index.js';
import { startReceiver } from '../../fixtures/receivers/reference/index.js';
import type { ReceiverOptions, RunningReceiver } from '../../fixtures/receivers/reference/index.js';

/** A receiver of the matrix: a mutant, which must be found out, or a correct one, which must pass. */
export interface Subject {
  readonly id: string;
  /** Undefined for a correct receiver. */
  readonly mutant: Mutant | undefined;
  /** How long its effects may take, in milliseconds. */
  readonly settleMs: number;
  readonly start: (options: ReceiverOptions) => Promise<RunningReceiver>;
}

/** What the harness made of one receiver. */
export interface MatrixRow {
  readonly id: string;
  readonly wanted: Mutant['wanted'] | 'correct';
  readonly verdict: RunResult['summary']['verdict'];
  /** Whether the harness said what was wanted. */
  readonly right: boolean;
  /** Why no case of the contract can tell this mutant yet; undefined when one can. */
  readonly outOfReach: string | undefined;
  /** Catalogue rows of the failed cases, by level. */
  readonly must: readonly string[];
  readonly should: readonly string[];
  readonly may: readonly string[];
  /** Whether one of the rows that should tell it did; undefined where none is listed. */
  readonly byListedRow: boolean | undefined;
  readonly causes: readonly string[];
  readonly durationMs: number;
}

export const mutantSubject = (mutant: Mutant): Subject => ({
  id: mutant.id,
  mutant,
  settleMs: 1000,
  start: async (options) => startReceiver(options, mutant.change),
});

const KEY = '3f9a1c5e7b2d4f60'.repeat(4);

const freePort = async (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });

const THOUSANDS = 'idempotency/copy-after-thousands';

/**
 * What a mutant needs to be told: those that only show while an effect fails get a sink, and are
 * spared the other suites; thousands of events go only to those that forget or confuse keys.
 */
const fittingOptions = async (mutant: Mutant | undefined): Promise<Partial<VerifyOptions>> => {
  if (mutant === undefined) return {};
  if (mutant.needs.includes('sink')) {
    return { sinkPort: await freePort(), only: ['idempotency/*'], skip: [THOUSANDS] };
  }
  // What only its HTTP gives away is not asked about tokens; one of them is too slow to be.
  if (mutant.killedBy.length > 0 && mutant.killedBy.every((row) => row.startsWith('P'))) {
    return { only: ['transport/*', 'response/*'] };
  }
  const confused = mutant.killedBy.some((row) => row === 'D22' || row === 'D33');
  return confused ? {} : { skip: [THOUSANDS] };
};

/** Runs the contract against one receiver of the matrix, over real HTTP. */
export const runSubject = async (
  { id, mutant, settleMs, start }: Subject,
  options: Partial<VerifyOptions>,
): Promise<MatrixRow> => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hookproof-matrix-'));
  const fitting = await fittingOptions(mutant);
  const receiver = await start({
    key: KEY,
    dataDirectory,
    ...(fitting.sinkPort === undefined ? {} : { sinkUrl: `http://127.0.0.1:${fitting.sinkPort}/` }),
  });
  try {
    const result = await verifyReceiver(receiver.url, {
      key: KEY,
      probe: { url: receiver.probeUrl },
      probeSettleMs: Math.max(1000, settleMs),
      ...fitting,
      ...options,
    });
    return rowOf(id, mutant, result);
  } finally {
    await receiver.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
};

const IN_REACH = new Set(['status', 'probe', 'sink']);

/** A mutant that needs what `verify` cannot do, or that only rows tell which have no case. */
const outOfReach = (mutant: Mutant | undefined): string | undefined => {
  if (mutant === undefined) return undefined;
  const need = mutant.needs.find((one) => !IN_REACH.has(one));
  if (need !== undefined) return `needs ${need}`;
  const rows = new Set(contractCases.map(({ catalogue }) => catalogue));
  const told = mutant.killedBy.length === 0 || mutant.killedBy.some((row) => rows.has(row));
  return told ? undefined : `only ${mutant.killedBy.join(', ')} would tell`;
};

const rowOf = (id: string, mutant: Mutant | undefined, result: RunResult): MatrixRow => {
  const failed = result.cases.filter(({ verdict }) => verdict === 'failed');
  const rows = (level: string): readonly string[] => [
    ...new Set(failed.filter((one) => one.level === level).map(({ catalogue }) => catalogue)),
  ];
  const [must, should, may] = [rows('must'), rows('should'), rows('may')];
  const wanted = mutant?.wanted ?? 'correct';
  const { verdict } = result.summary;
  const right: Readonly<Record<MatrixRow['wanted'], boolean>> = {
    correct: verdict === 'passed',
    pass: verdict === 'passed',
    fail: verdict === 'failed',
    'fail-or-no-verdict': verdict !== 'passed',
    'should-finding': must.length + should.length > 0,
    finding: failed.length > 0 || verdict === 'inconclusive',
    advice: failed.length > 0,
  };
  const listed = mutant?.killedBy ?? [];
  return {
    id,
    wanted,
    verdict,
    right: right[wanted],
    outOfReach: outOfReach(mutant),
    must,
    should,
    may,
    byListedRow:
      // Where no genuine delivery is taken, every row would tell it: there is no verdict instead.
      listed.length === 0 || verdict === 'inconclusive'
        ? undefined
        : [...must, ...should, ...may].some((row) => listed.includes(row)),
    causes: result.findings.map(({ cause }) => cause),
    durationMs: result.durationMs,
  };
};
