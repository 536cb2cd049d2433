import { grouped } from './groups.js';
import type { CompletedCommand } from './model.js';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** `name:description`, as _describe takes it. */
const entry = (name: string, description: string): string =>
  quoted(`${name.replaceAll(':', '\\:')}:${description}`);

const patterns = (places: readonly string[]): string => places.map(quoted).join('|');

/** With descriptions; without a known value it falls back to file names. */
export const zshCompletion = (commands: readonly CompletedCommand[]): string => {
  const paths = commands.map(({ path }) => path).filter((path) => path !== '');
  const valued = commands.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .flatMap(({ names, values }) => names.map((name) => [`${path} ${name}`, values] as const)),
  );
  const free = valued.filter(([, values]) => values.length === 0).map(([place]) => place);
  const branch = ({ path, commands: below, options, values }: CompletedCommand): string =>
    [
      `    (${quoted(path)})`,
      `      options=(${options.flatMap(({ names, description }) => names.map((name) => entry(name, description))).join(' ')})`,
      `      commands=(${below.map(({ name, description }) => entry(name, description)).join(' ')})`,
      `      names=(${values.map(quoted).join(' ')}) ;;`,
    ].join('\n');
  return `#compdef hookproof
# zsh completion of hookproof
_hookproof() {
  local at= word option=\${words[CURRENT-1]}
  local -a options commands names
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at/$word" in
    (${patterns(paths)}) at="$at/$word" ;;
    esac
  done
  if [[ \${words[CURRENT]} == --*=* ]]; then
    option=\${words[CURRENT]%%=*}
    compset -P '*='
  fi
  case "$at $option" in
${grouped(valued)
  .map(({ places, words }) => `    (${patterns(places)}) names=(${words.map(quoted).join(' ')}) ;;`)
  .join('\n')}
    (${patterns(free)}) _files; return ;;
  esac
  if (( $#names )); then
    compadd -- $names
    return
  fi
  case "$at" in
${commands.map(branch).join('\n')}
  esac
  if [[ \${words[CURRENT]} == -* ]]; then
    _describe -o option options
    return
  fi
  (( $#commands )) && _describe command commands
  (( $#names )) && compadd -- $names
  (( $#commands + $#names )) || _files
}
if [[ $funcstack[1] == _hookproof ]]; then _hookproof "$@"; else compdef _hookproof hookproof; fi
`;
};
