import { listScenarios, type ScenarioAbout } from '../../simulator/index.js';
import { translate } from '../../language/say.js';
import { alignColumns } from '../simulation/table.js';

const describeOne = ({ name, about, parameters }: ScenarioAbout): readonly string[] => [
  `${name}: ${translate(about)}`,
  ...alignColumns(
    Object.entries(parameters).map(([parameter, one]) => [
      `  --set ${parameter}=${one.default}`,
      translate(one.about),
    ]),
  ),
];

/** Each scenario, what it shows, and its parameters with their defaults. */
export const formatScenarios = async (): Promise<string> =>
  (await listScenarios())
    .map((one) =>
      (Object.keys(one.parameters).length === 0
        ? [`${one.name}: ${translate(one.about)}`]
        : describeOne(one)
      ).join('\n'),
    )
    .join('\n\n');

export const scenariosAsJson = async (): Promise<unknown> => ({ scenarios: await listScenarios() });
