/** Where a text stops being JSON: engines say it differently, and some not at all. */
import { say } from '../../language/say.js';

const TEXT = String.raw`"(?:[^"\\\p{Cc}]|[\u007F-\u009F]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"`;
const NUMBER = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+\-]?\d+)?(?![\w.])`;
const SPACE = String.raw`[\t\n\r ]*`;

/** A token after what stands before it: a mark, a text, or another value. */
const TOKEN = new RegExp(
  String.raw`${SPACE}(?:(?<mark>[{}\[\],:])|(?<text>${TEXT})|${NUMBER}|(?:true|false|null)(?!\w))`,
  'uy',
);

type Wanted = 'value' | 'value-or-close' | 'name' | 'name-or-close' | 'colon' | 'comma' | 'end';

/** What is wanted after a token; undefined where it may not stand. `open` are the brackets. */
const wantedAfter = (
  mark: string | undefined,
  isText: boolean,
  wanted: Wanted,
  open: string[],
): Wanted | undefined => {
  const isIn = open.at(-1);
  const isClose = mark === (isIn === '{' ? '}' : ']') && isIn !== undefined;
  if (isClose && (wanted === 'comma' || wanted.endsWith('-or-close'))) {
    open.pop();
    return open.length === 0 ? 'end' : 'comma';
  }
  switch (wanted) {
    case 'name':
    case 'name-or-close':
      return isText ? 'colon' : undefined;
    case 'colon':
      return mark === ':' ? 'value' : undefined;
    case 'comma':
      if (mark !== ',') return undefined;
      return isIn === '{' ? 'name' : 'value';
    case 'end':
      return undefined;
    case 'value':
    case 'value-or-close':
      if (mark === undefined) return open.length === 0 ? 'end' : 'comma';
      if (mark !== '{' && mark !== '[') return undefined;
      open.push(mark);
      return mark === '{' ? 'name-or-close' : 'value-or-close';
  }
};

/** How many characters come before the first that no JSON has there. */
const rightUntil = (text: string): number => {
  const open: string[] = [];
  const isSpace = new RegExp(SPACE, 'y');
  let wanted: Wanted | undefined = 'value';
  TOKEN.lastIndex = 0;
  for (let from = 0; ; from = TOKEN.lastIndex) {
    const groups: Readonly<Record<string, string | undefined>> | undefined =
      TOKEN.exec(text)?.groups;
    wanted = groups && wantedAfter(groups['mark'], groups['text'] !== undefined, wanted, open);
    if (wanted === undefined) {
      isSpace.lastIndex = from;
      return from + (isSpace.exec(text)?.[0].length ?? 0);
    }
  }
};

/** `line 2, column 50`, both from 1: where a text that is no JSON ceases to be it. */
export const jsonPlace = (text: string): string => {
  const lines = text.slice(0, rightUntil(text)).split('\n');
  return say`line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
};
