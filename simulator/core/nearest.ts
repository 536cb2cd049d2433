/** How many letters must be put in, left out or replaced to turn one text into another. */
const editDistance = (from: string, to: string): number => {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of Array.from(from).entries()) {
    const current = [row + 1];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (to[column - 1] === letter ? 0 : 1);
      const leftOut = (previous[column] ?? 0) + 1;
      const putIn = (current[column - 1] ?? 0) + 1;
      current.push(Math.min(replaced, leftOut, putIn));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
};

/** The candidate somebody most likely meant, if one differs by a third of its letters at most. */
export const nearest = (text: string, candidates: readonly string[]): string | undefined => {
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: editDistance(text.toLowerCase(), candidate) }))
    .filter(({ candidate, distance }) => distance * 3 <= candidate.length)
    .toSorted((one, other) => one.distance - other.distance);
  return best?.candidate;
};
