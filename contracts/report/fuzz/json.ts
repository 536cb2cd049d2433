import type { RenderFuzz } from './report.js';

export const renderJson: RenderFuzz = ({ result, version, replay }) => {
  const { counterexample, ...run } = result;
  const { schedule, found, ...rest } = counterexample ?? {};
  const failure =
    schedule === undefined
      ? {}
      : { ...rest, schedule: schedule.commands, events: schedule.events, found, replay };
  const document = { tool: { name: 'hookproof', version }, ...run, ...failure };
  return `${JSON.stringify(document, null, 2)}\n`;
};
