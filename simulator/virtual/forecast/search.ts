/**
 * The last whole number at which something holds that holds at `low`, does not at `high`, and
 * changes once in between. Asks near `start` first, in strides that double, and then halves: cheap
 * where the answer is close to it.
 */
export const lastWhere = (
  holds: (at: number) => boolean,
  low: number,
  high: number,
  start: number,
): number => {
  let yes = low;
  let no = high;
  let at = start;
  let stride = 1;
  let first: boolean | undefined;
  let isStriding = true;
  while (no - yes > 1) {
    const probe = Math.min(no - 1, Math.max(yes + 1, at));
    const isHeld = holds(probe);
    if (isHeld) yes = probe;
    else no = probe;
    first ??= isHeld;
    isStriding &&= isHeld === first;
    at = isStriding ? probe + (isHeld ? stride : -stride) : Math.floor((yes + no) / 2);
    stride *= 2;
  }
  return yes;
};
