import type fc from 'fast-check';
import { pairs } from '../../simulator/index.js';
import { schedules, storiesOf, swarmSchedules } from '../schedule/generate.js';
import type { CommandKind, Schedule } from '../schedule/schedule.js';

/** What every receiver and set-up allows. */
const PLAIN: readonly CommandKind[] = [
  'deliver',
  'copy',
  'resign',
  'batch',
  'concurrent',
  'crossed',
  'forge',
];

/**
 * Schedules for `playSchedule`, of up to three events and seven commands. `kinds` names what may
 * be in them; with `swarm` (the default) each leaves out some of it, so that others can show.
 */
export const schedule = (
  options: { readonly kinds?: readonly CommandKind[]; readonly swarm?: boolean } = {},
): fc.Arbitrary<Schedule> => {
  const { kinds = PLAIN, swarm = true } = options;
  const stories = storiesOf(new Set(pairs.map(({ name }) => name)));
  return (swarm ? swarmSchedules : schedules)({ kinds, stories });
};
