import { Option } from 'commander';
import type { Command } from 'commander';
import { collect, collectResolution, parseJitter, wholeNumber } from '../parse.js';
import type { Resolution } from '../parse.js';

/** What `serve` and `worker` have in common: how they deliver, mail and log. */
export interface ProcessFlags {
  readonly concurrency: number;
  readonly jitter: number;
  readonly allowHost?: readonly string[];
  readonly insecure: boolean;
  readonly resolve?: Resolution;
  readonly publicUrl?: string;
  readonly from: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** @param concurrencyMin 0 where a process may leave deliveries to others */
export const processOptions = (command: Command, concurrencyMin: number): Command =>
  command
    .addOption(
      new Option('--concurrency <n>', 'deliveries in the air at a time')
        .default(16)
        .argParser(wholeNumber(concurrencyMin, 256)),
    )
    .addOption(
      new Option('--jitter <share>', 'how much later retries may come, at random, as 10%')
        .default(0)
        .argParser(parseJitter),
    )
    .option('--allow-host <host>', 'deliver to a host outside private ranges; repeatable', collect)
    .option('--insecure', 'accept any TLS certificate of receivers', false)
    .option('--resolve <host:port:address>', 'where a host is; repeatable', collectResolution)
    .option('--public-url <url>', 'where people reach the page, for links in e-mails')
    .option('--from <address>', 'who sends the e-mails', 'hookproof@localhost')
    .addOption(
      new Option('--log-level <level>', 'what is told on standard error')
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default('info'),
    );
