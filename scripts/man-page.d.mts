/** The man page as roff, from the help that `dist` has. */
export const manualPage: () => Promise<string>;
