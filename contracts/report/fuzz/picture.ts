/** A schedule as a picture: a lane for each event, a column for each step. */
import type { Command, EventName, Schedule } from '../../schedule/schedule.js';
import { describeCommand } from '../../schedule/sentence.js';
import { escape } from '../html/escape.js';
import { say } from '../../../language/say.js';

const LEFT = 40;
const TOP = 24;
const COLUMN = 96;
const LANE = 48;
const RADIUS = 7;

const laneOf = (names: readonly EventName[], name: EventName): number =>
  TOP + LANE * Math.max(0, names.indexOf(name)) + LANE / 2;

const dot = (x: number, y: number, kind: string): string =>
  `<circle class="${kind}" cx="${x}" cy="${y}" r="${RADIUS}"/>`;

const cross = (x: number, y: number): string =>
  `<path class="none stroke" d="M${x - 6} ${y - 6}l12 12m0 -12l-12 12"/>`;

const wall = (x: number, height: number): string =>
  `<line class="wall" x1="${x}" y1="${TOP}" x2="${x}" y2="${height}"/>`;

/** The marks of one step, at its column. */
const marksOf = (command: Command, x: number, names: readonly EventName[]): string => {
  const height = TOP + LANE * names.length;
  switch (command.do) {
    case 'deliver':
    case 'copy':
    case 'resign':
    case 'poll':
      return dot(x, laneOf(names, command.event), 'taken');
    case 'drop-response':
      return dot(x, laneOf(names, command.event), 'refused');
    case 'slow-next':
      return dot(x, laneOf(names, command.event), 'refused');
    case 'forge':
    case 'fail-next':
      return cross(x, laneOf(names, command.event));
    case 'crossed':
    case 'batch': {
      const lanes = command.events.map((name) => laneOf(names, name));
      const line = `<line class="wall" x1="${x}" y1="${Math.min(...lanes)}" x2="${x}" y2="${Math.max(...lanes)}"/>`;
      return [line, ...lanes.map((y) => dot(x, y, 'taken'))].join('');
    }
    case 'concurrent':
      return command.events
        .map((name, index) => {
          const earlier = command.events.slice(0, index).filter((one) => one === name).length;
          return dot(x, laneOf(names, name) - 15 + 15 * earlier, 'taken');
        })
        .join('');
    case 'restart':
    case 'advance':
    case 'pause':
    case 'many':
      return wall(x, height);
  }
};

/** The letters of a step under its column, in at most three lines. */
const labelOf = (text: string, x: number, y: number): string => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= 16) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines
    .slice(0, 4)
    .map(
      (line, index) =>
        `<text x="${x}" y="${y + 13 * index}" text-anchor="middle">${escape(line)}</text>`,
    )
    .join('');
};

/** An SVG figure of a schedule and what came of it. */
export const pictureOf = ({ commands, events }: Schedule, outcome: string): string => {
  const names = Object.keys(events);
  const lanes = Math.max(1, names.length);
  const width = LEFT + COLUMN * commands.length + 16;
  const bottom = TOP + LANE * lanes;
  const steps = commands.map((command, index) => {
    const x = LEFT + COLUMN * index + COLUMN / 2;
    const text = describeCommand(command, commands.slice(0, index));
    return `${marksOf(command, x, names)}${labelOf(text, x, bottom + 18)}`;
  });
  const lines = names.map((name) => {
    const y = laneOf(names, name);
    return `<line class="lane" x1="${LEFT}" y1="${y}" x2="${width}" y2="${y}"/><text x="8" y="${y + 4}">${escape(name)}</text>`;
  });
  return [
    `<figure><svg viewBox="0 0 ${width} ${bottom + 70}" role="img" aria-label="${escape(`${say`The schedule, step by step`}: ${outcome}`)}">`,
    ...lines,
    ...steps,
    `</svg><figcaption>${escape(outcome)}</figcaption></figure>`,
  ].join('');
};
