/** Colours for the plot, where the stream shows them. Blue and orange: no one mixes them up. */
import type { PlotPart } from '../../simulator/index.js';
import { terminalOf } from '../terminal.js';

const CODES: Readonly<Record<PlotPart, string>> = {
  title: '1',
  line: '34',
  threshold: '2',
  disabled: '33',
  failed: '33',
  good: '34',
  quiet: '2',
};

/** Undefined where there is no colour. */
export const createPaint = (
  stream: NodeJS.WriteStream,
): ((part: PlotPart, text: string) => string) | undefined =>
  terminalOf(stream).color ? (part, text) => `\u001B[${CODES[part]}m${text}\u001B[0m` : undefined;
