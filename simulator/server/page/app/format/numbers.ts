const grouped = new Intl.NumberFormat('en-GB');

/** `100,000`. */
export const formatCount = (count: number): string => grouped.format(count);

/** `1 event`, `12 events`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** A share from 0 to 1 as `62.5%`; one that is not whole never looks like 0% or 100%. */
export const formatShare = (share: number): string => {
  const percent = Math.round(share * 1000) / 10;
  if (percent >= 100 && share < 1) return '99.9%';
  if (percent <= 0 && share > 0) return '0.1%';
  return `${percent}%`;
};

/** `312 B`, `1.2 kB`. */
export const formatBytes = (bytes: number): string =>
  bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
