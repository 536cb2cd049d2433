import { grouped } from './groups.js';
import type { CompletedCommand } from './model.js';

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const patterns = (places: readonly string[]): string => places.map(quoted).join('|');

const cases = (entries: readonly (readonly [place: string, words: readonly string[]])[]): string =>
  grouped(entries)
    .map(({ places, words }) => `    ${patterns(places)}) words=${quoted(words.join(' '))} ;;`)
    .join('\n');

/** For bash 4 and later; without a known value it falls back to file names. */
export const bashCompletion = (commands: readonly CompletedCommand[]): string => {
  const paths = commands.map(({ path }) => path).filter((path) => path !== '');
  const valued = commands.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .flatMap(({ names, values }) => names.map((name) => [`${path} ${name}`, values] as const)),
  );
  const free = valued.filter(([, values]) => values.length === 0).map(([place]) => place);
  return `# bash completion of hookproof
_hookproof() {
  local current=\${COMP_WORDS[COMP_CWORD]} option=\${COMP_WORDS[COMP_CWORD-1]} at= words= i
  # bash takes --option=value apart.
  if [[ $current == = ]]; then current=
  elif [[ $option == = ]]; then option=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at/\${COMP_WORDS[i]}" in
    ${patterns(paths)}) at="$at/\${COMP_WORDS[i]}" ;;
    esac
  done
  COMPREPLY=()
  case "$at $option" in
${cases(valued)}
    ${patterns(free)}) return ;;
  esac
  if [[ -z $words && $current == -* ]]; then
    case "$at" in
${cases(commands.map(({ path, options }) => [path, options.flatMap(({ names }) => names)]))}
    esac
  elif [[ -z $words ]]; then
    case "$at" in
${cases(commands.map(({ path, commands: below, values }) => [path, [...below.map(({ name }) => name), ...values]]))}
    esac
  fi
  local IFS=$' \\n' pattern
  set -f
  for pattern in $words; do
    [[ $pattern == "$current"* ]] && COMPREPLY+=("$pattern")
  done
  set +f
}
complete -o default -F _hookproof hookproof
`;
};
