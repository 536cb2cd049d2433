/** Single words that stand in data and in commander, and are said in the chosen language. */
export const words: readonly string[] = [
  ...['Usage:', 'Arguments:', 'Options:', 'Global Options:', 'Commands:', 'choices:', 'default:'],
  'Parameters of the scenarios that come along',
  ...['critical', 'high', 'medium', 'low', 'info'],
  ...['genuine', 'hostile', 'oddity'],
  ...['delivered', 'exhausted', 'dropped', 'open'],
];
