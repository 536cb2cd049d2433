/** What the catalogue says of cases, causes, broken receivers, schedules and scenarios. */
import { causes } from '../../contracts/causes/causes.js';
import { contractCases } from '../../contracts/index.js';
import { invariants } from '../../contracts/schedule/invariants/index.js';
import { mutants } from '../../fixtures/receivers/mutants/index.js';
import { listScenarios } from '../../simulator/index.js';

export const catalogueTexts = async (): Promise<ReadonlySet<string>> =>
  new Set([
    ...contractCases.flatMap(({ title, rule, why, fix }) => [title, rule, why, fix]),
    ...causes.flatMap(({ title, why, fix }) => [title, why, fix]),
    ...mutants.map(({ defect }) => defect),
    ...invariants.map(({ rule }) => rule),
    ...(await listScenarios()).flatMap(({ about, parameters }) => [
      about,
      ...Object.values(parameters).map((one) => one.about),
    ]),
  ]);
