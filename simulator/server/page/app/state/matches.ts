/** Those options that hold every word that was typed, whatever its case and punctuation. */
const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ');

export const matches = <T>(
  options: readonly T[],
  typed: string,
  textOf: (option: T) => string,
): readonly T[] => {
  const words = plain(typed).split(' ').filter(Boolean);
  return options.filter((option) => {
    const text = plain(textOf(option));
    return words.every((word) => text.includes(word));
  });
};
