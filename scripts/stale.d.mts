export const isStale: (root?: string) => boolean;
