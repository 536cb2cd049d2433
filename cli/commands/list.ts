import { Command } from 'commander';

const print = (text: string): void => {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
};

const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

interface ListFlags {
  readonly json: boolean;
}

const lister = (
  name: string,
  description: string,
  load: () => Promise<{
    readonly text: () => string | Promise<string>;
    readonly json: () => unknown;
  }>,
): Command =>
  new Command(name)
    .description(description)
    .option('--json', 'as JSON', false)
    .addHelpText('after', `\nExample:\n  $ hookproof list ${name} --json`)
    .action(async ({ json }: ListFlags) => {
      const list = await load();
      if (json) printJson(await list.json());
      else print(await list.text());
    });

/** `hookproof list`: what can be sent, judged, shown broken and simulated. */
export const listCommand = (): Command =>
  new Command('list')
    .description('list events, cases, mutants or scenarios')
    .helpCommand(false)
    .addHelpText('after', '\nExample:\n  $ hookproof list cases')
    .addCommand(
      lister('events', 'the 45 events that hooks send', async () => {
        const { eventsAsJson, formatEvents } = await import('./list-events.js');
        return { text: formatEvents, json: eventsAsJson };
      }),
    )
    .addCommand(
      lister('cases', 'the contract: id, level, rule and source of every case', async () => {
        const { casesAsJson, formatCases } = await import('./list-cases.js');
        return { text: formatCases, json: casesAsJson };
      }),
    )
    .addCommand(
      lister('mutants', 'the broken receivers of verify --demo=<mutant>', async () => {
        const { formatMutants, mutantsAsJson } = await import('./list-mutants.js');
        return { text: formatMutants, json: mutantsAsJson };
      }),
    )
    .addCommand(
      lister('scenarios', 'the scenarios of simulate, with their parameters', async () => {
        const { formatScenarios, scenariosAsJson } = await import('./list-scenarios.js');
        return { text: formatScenarios, json: scenariosAsJson };
      }),
    );
