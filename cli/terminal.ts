/** Colour where a person looks and did not say no (https://no-color.org). */
export const showsColor = (stream: NodeJS.WriteStream): boolean =>
  (process.env['NO_COLOR'] ?? '') === '' &&
  (stream.isTTY || (process.env['FORCE_COLOR'] ?? '0') !== '0');
