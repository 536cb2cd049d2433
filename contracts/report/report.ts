import type { RunResult } from '../runner/result.js';

/** What a report's surroundings can show. Formats for machines heed neither. */
export interface RenderOptions {
  /** Whether colours may be used; they never carry a meaning of their own. */
  readonly color: boolean;
  /** Width of a line, in characters. */
  readonly columns: number;
  /** For screen readers: words for signs, one fact a line, nothing that only its place explains. */
  readonly plain?: boolean;
}

/** One format of a run's result: the same result and options always give the same text. */
export interface Reporter {
  /** Its name in `--report`. */
  readonly format: string;
  /** The whole report, with a final newline. */
  readonly render: (result: RunResult, options: RenderOptions) => string;
}
