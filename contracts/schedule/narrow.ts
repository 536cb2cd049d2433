import type { Command, Schedule } from './schedule.js';

/** A figure of a step that can be less, and by how much at least. */
interface Figure {
  readonly value: number;
  readonly step: number;
  readonly as: (value: number) => Command;
}

const figureOf = (command: Command | undefined): Figure | undefined => {
  if (command?.do === 'many') {
    return { value: command.events, step: 1, as: (events) => ({ ...command, events }) };
  }
  if (command?.do === 'pause') {
    return { value: command.seconds, step: 0.1, as: (seconds) => ({ ...command, seconds }) };
  }
  return undefined;
};

/**
 * The least number of other events, and the shortest pause, with which a schedule still fails: found
 * by halving what lies between one that fails and one that does not, so ten tries tell 500 from 1000.
 */
export const narrow = async <Failing extends { readonly schedule: Schedule }>(
  failing: Failing,
  retry: (schedule: Schedule) => Promise<Failing | undefined>,
): Promise<Failing> => {
  let smallest = failing;
  for (const at of failing.schedule.commands.keys()) {
    const figure = figureOf(failing.schedule.commands[at]);
    if (figure === undefined) continue;
    const { step, as } = figure;
    // In steps: what fails, and what does not, as the schedule without the step was tried before.
    let fails = Math.ceil(figure.value / step);
    let holds = 0;
    while (fails - holds > 1) {
      const middle = Math.floor((fails + holds) / 2);
      const { schedule } = smallest;
      const value = Number((middle * step).toFixed(1));
      const found = await retry({
        ...schedule,
        commands: schedule.commands.with(at, as(value)),
      });
      if (found === undefined) holds = middle;
      else {
        smallest = found;
        fails = middle;
      }
    }
  }
  return smallest;
};
