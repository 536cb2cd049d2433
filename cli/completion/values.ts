/** The values that can be known before a run: ids, names and formats. */
import { contractCases } from '../../contracts/index.js';
import { fuzzReportFormats } from '../../contracts/report/fuzz/index.js';
import { reportFormats } from '../../contracts/report/index.js';
import { mutants } from '../../fixtures/receivers/mutants/index.js';
import { listScenarios, pairs, policies, products } from '../../simulator/index.js';
import { loadFormats } from '../load/reports.js';
import { simulationFormats } from '../simulation/reports.js';
import type { KnownValues } from './model.js';

export const knownValues = async (): Promise<KnownValues> => {
  const suites = [...new Set(contractCases.map(({ suite }) => `${suite}/*`))];
  const cases = [...suites, ...contractCases.map(({ id }) => id)];
  const events = pairs.map(({ name }) => name);
  const slugs = products.map(({ slug }) => slug);
  const broken = mutants.map(({ id }) => id);
  return new Map<string, readonly string[]>([
    ['/simulate', (await listScenarios()).map(({ name }) => name)],
    ['* --demo', broken],
    ['* --event', events],
    ['* --events', events],
    ['* --products', slugs],
    ['* --lifecycle', slugs],
    ['* --policy', Object.keys(policies)],
    ['/verify --only', cases],
    ['/verify --skip', cases],
    ['/self-test --only', broken],
    ['/verify --report', reportFormats],
    ['/fuzz --report', fuzzReportFormats],
    ['/load --report', loadFormats],
    ['/simulate --report', simulationFormats],
  ]);
};
