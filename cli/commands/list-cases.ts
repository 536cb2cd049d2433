import { contractCases } from '../../contracts/index.js';
import { translate } from '../../language/say.js';

/** One line a case: id, level, catalogue row, rule and source. */
export const formatCases = (): string => {
  const width = Math.max(...contractCases.map(({ id }) => id.length));
  return contractCases
    .map(
      ({ id, level, catalogue, rule, source }) =>
        `${id.padEnd(width)}  ${level.padEnd(6)}  ${catalogue.padEnd(4)}  ${translate(rule)}  [${source}]`,
    )
    .join('\n');
};

export const casesAsJson = (): unknown =>
  contractCases.map((one) => ({
    id: one.id,
    catalogue: one.catalogue,
    suite: one.suite,
    family: one.family,
    level: one.level,
    severity: one.severity,
    title: one.title,
    rule: one.rule,
    source: one.source,
    why: one.why,
    fix: one.fix,
    needs: one.needs,
  }));
