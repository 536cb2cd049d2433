import type { CompletedCommand, CompletedOption } from './model.js';

const quoted = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const lineOf = (path: string, rest: string): string =>
  `complete -c hookproof -n ${quoted(`__hookproof_at '${path}'`)} ${rest}`;

const optionLine = (path: string, option: CompletedOption): string => {
  const { names, description, takesValue, values } = option;
  const flags = names.map((name) =>
    name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  const value = takesValue
    ? values.length > 0
      ? ` -x -a ${quoted(values.join(' '))}`
      : ' -r'
    : '';
  return lineOf(path, `${flags.join(' ')}${value} -d ${quoted(description)}`);
};

const linesOf = ({ path, commands, options, values }: CompletedCommand): readonly string[] => [
  ...commands.map(({ name, description }) =>
    lineOf(path, `-f -a ${name} -d ${quoted(description)}`),
  ),
  ...(values.length > 0 ? [lineOf(path, `-a ${quoted(values.join(' '))}`)] : []),
  ...options.map((option) => optionLine(path, option)),
];

export const fishCompletion = (commands: readonly CompletedCommand[]): string => {
  const paths = commands.map(({ path }) => path).filter((path) => path !== '');
  return `# fish completion of hookproof
function __hookproof_at
    set -l at ''
    for word in (commandline -opc)[2..-1]
        if contains -- "$at/$word" ${paths.join(' ')}
            set at "$at/$word"
        end
    end
    test "$at" = "$argv[1]"
end
${commands.flatMap(linesOf).join('\n')}
`;
};
