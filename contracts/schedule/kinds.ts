import type { SessionOptions } from '../runner/session.js';
import type { CommandKind } from './schedule.js';

/** What every receiver and set-up allows. */
export const plainKinds: readonly CommandKind[] = [
  'deliver',
  'copy',
  'resign',
  'batch',
  'concurrent',
  'crossed',
  'forge',
];

/** What the set-up of a receiver lets a schedule do. */
export const kindsFor = (
  run: Pick<SessionOptions, 'controls' | 'sink' | 'api'>,
): readonly CommandKind[] => {
  const { restart, clock, poll } = run.controls ?? {};
  return [
    ...plainKinds,
    'drop-response',
    'pause',
    'many',
    ...(run.sink === undefined ? [] : (['fail-next', 'slow-next'] as const)),
    ...(poll === undefined || run.api === undefined ? [] : (['poll'] as const)),
    ...(restart === undefined ? [] : (['restart'] as const)),
    ...(clock === undefined ? [] : (['advance'] as const)),
  ];
};
