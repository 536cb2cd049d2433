import { Argument, Command } from 'commander';
import { shells } from '../completion/shells.js';
import type { Shell } from '../completion/shells.js';

/** `hookproof completion`: what it prints is made from the option tables of all commands. */
export const completionCommand = (): Command => {
  const command = new Command('completion')
    .description('print what completes commands, options and their values in a shell')
    .addArgument(new Argument('<shell>', 'the shell it is for').choices(shells))
    .addHelpText(
      'after',
      `
To have it in every new shell:
  $ hookproof completion bash > ~/.local/share/bash-completion/completions/hookproof
  $ hookproof completion zsh > "\${fpath[1]}/_hookproof"
  $ hookproof completion fish > ~/.config/fish/completions/hookproof.fish

To have it in this one:
  $ source <(hookproof completion bash)`,
    )
    .action(async (shell: Shell) => {
      const { printCompletion } = await import('./completion-run.js');
      await printCompletion(shell, command);
    });
  return command;
};
