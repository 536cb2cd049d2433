/** What is much alike is tested in turns: a share of it at each commit. */
import { spawnSync } from 'node:child_process';

const commit = (): number => {
  const { stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
  return Number.parseInt(stdout?.slice(0, 8) ?? '', 16) || 0;
};

/** Each `shares`-th of them, beginning at one that the commit chooses; all with HOOKPROOF_ALL=1. */
export const shareOf = <Item>(items: readonly Item[], shares: number): readonly Item[] => {
  if (process.env['HOOKPROOF_ALL'] === '1') return items;
  const first = commit() % shares;
  return items.filter((_item, place) => place % shares === first);
};
