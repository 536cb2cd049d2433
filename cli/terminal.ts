/** What a stream shows, decided here for every command. */

export interface Terminal {
  readonly color: boolean;
  /** Lines end before this column; endless where the reader breaks them (`--plain`). */
  readonly columns: number;
  /** Tables are folded at this column: endless where nobody says how wide it is, as in a file or a pipe. */
  readonly tableColumns: number;
  /** Whether a line may be drawn over again. */
  readonly redraws: boolean;
  /** For screen readers: words for signs, one fact a line, nothing that only its place explains. */
  readonly plain: boolean;
}

const COLUMNS_UNKNOWN = 80;

let plain = false;

/** Says everything plainly from here on. */
export const usePlain = (wanted: boolean): void => {
  plain = wanted;
};

type Environment = Readonly<Record<string, string | undefined>>;

const isSet = (value: string | undefined): value is string => (value ?? '') !== '';

/** NO_COLOR counts most (https://no-color.org), then FORCE_COLOR, then what the stream is. */
const showsColor = (isTerminal: boolean, env: Environment): boolean => {
  if (isSet(env['NO_COLOR'])) return false;
  const forced = env['FORCE_COLOR'];
  if (isSet(forced)) return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
};

/** A width that the environment tells where the stream does not; 0 for none. */
const widthIn = (value: string | undefined): number =>
  /^[1-9]\d{0,4}$/.test(value ?? '') ? Number(value) : 0;

/** The rule itself. */
export const readTerminal = (
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  env: Environment,
  isPlain: boolean,
): Terminal => {
  const isTerminal = stream.isTTY === true;
  const measured = isTerminal ? (stream.columns ?? 0) : 0;
  const columns = measured > 0 ? measured : widthIn(env['COLUMNS']);
  return {
    color: !isPlain && showsColor(isTerminal, env),
    columns: isPlain ? Number.POSITIVE_INFINITY : columns > 0 ? columns : COLUMNS_UNKNOWN,
    tableColumns: isPlain || columns === 0 ? Number.POSITIVE_INFINITY : columns,
    redraws: !isPlain && isTerminal && env['TERM'] !== 'dumb',
    plain: isPlain,
  };
};

export const terminalOf = (stream: NodeJS.WriteStream): Terminal =>
  readTerminal(stream, process.env, plain);
