export const notYetSaid: readonly string[] = [];
