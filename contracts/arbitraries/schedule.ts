import type fc from 'fast-check';
import { pairs } from '../../simulator/index.js';
import { schedules, storiesOf, swarmSchedules } from '../schedule/generate.js';
import { plainKinds } from '../schedule/kinds.js';
import type { CommandKind, Schedule } from '../schedule/schedule.js';

/**
 * Schedules for `playSchedule`, of up to three events and seven commands. `kinds` names what may
 * be in them; with `swarm` (the default) each leaves out some of it, so that others can show.
 */
export const schedule = (
  options: { readonly kinds?: readonly CommandKind[]; readonly swarm?: boolean } = {},
): fc.Arbitrary<Schedule> => {
  const { kinds = plainKinds, swarm = true } = options;
  const stories = storiesOf(new Set(pairs.map(({ name }) => name)));
  return (swarm ? swarmSchedules : schedules)({ kinds, stories });
};
