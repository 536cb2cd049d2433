/** Lists by where they apply; places with the same list stand together. */
export const grouped = (
  entries: readonly (readonly [place: string, words: readonly string[]])[],
): readonly { readonly places: readonly string[]; readonly words: readonly string[] }[] => {
  const groups = new Map<string, { places: string[]; words: readonly string[] }>();
  for (const [place, words] of entries) {
    if (words.length === 0) continue;
    const key = words.join('\n');
    const group = groups.get(key) ?? { places: [], words };
    group.places.push(place);
    groups.set(key, group);
  }
  return [...groups.values()];
};
