// How long the command line takes to start.
import { cli, compare, node } from './measure.mjs';

const ROUNDS = 15;

export const run = async () =>
  compare(
    {
      'node -e 0': () => node('-e', '0'),
      'hookproof --version': () => node(cli, '--version'),
      'hookproof --help': () => node(cli, '--help'),
    },
    { rounds: ROUNDS },
  );
