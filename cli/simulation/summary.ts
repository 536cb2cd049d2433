/** The outcome of a simulation as a table and a paragraph. */
import { type SimulationResult, formatTime } from '../../simulator/index.js';
import { wrap } from '../wrap.js';
import { tableOf } from './table.js';
import { later, say, translate } from '../../language/say.js';

const HOOKS_SHOWN = 20;

const HEAD = [
  later('HOOK'),
  later('ATTEMPTS'),
  later('FAILED'),
  later('DELIVERED'),
  later('EXHAUSTED'),
  later('DROPPED'),
  later('MISSED'),
  later('PENDING'),
  later('LOST'),
  later('E-MAILS'),
  later('DISABLED'),
];

const hookRows = ({ hooks, accounts }: SimulationResult): readonly (readonly string[])[] =>
  hooks
    .slice(0, HOOKS_SHOWN)
    .map((hook) => [
      accounts === 1 ? hook.hook : `${hook.hook}/${hook.account}`,
      ...[
        hook.attempts,
        hook.failed,
        hook.delivered,
        hook.exhausted,
        hook.dropped,
        hook.missed,
        hook.pending,
        hook.lost,
        hook.mails,
      ].map(String),
      hook.disabled.length === 0
        ? say`never`
        : say`${hook.disabled.length} ×, ${formatTime(hook.disabledMs)} in all`,
    ]);

const receiverLines = ({ receivers }: SimulationResult): readonly string[] =>
  receivers
    .filter(({ duplicates, recovered }) => duplicates + recovered > 0)
    .slice(0, HOOKS_SHOWN)
    .map(
      ({ receiver, duplicates, recovered }) =>
        say`${receiver}: ${duplicates} duplicates to discard, ${recovered} events recovered by GET /events.`,
    );

/** Lines, the last of them the outcome in words. */
export const formatSummary = (result: SimulationResult): readonly string[] => {
  const left = result.hooks.length - HOOKS_SHOWN;
  return [
    ...tableOf(HEAD.map(translate), hookRows(result), [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ...(left > 0 ? [say`… and ${left} hooks more; --json has all`] : []),
    ...receiverLines(result),
    '',
    ...wrap(result.sentence),
  ];
};
