/** Reports: a run's result, said in one format or another. */
import type { Reporter } from './report.js';

export type { Reporter } from './report.js';

/** Loaded when asked for, so that a run pays only for the formats it writes. */
const reporters = {
  console: async () => (await import('./console.js')).consoleReporter,
  json: async () => (await import('./json.js')).jsonReporter,
  junit: async () => (await import('./junit.js')).junitReporter,
  sarif: async () => (await import('./sarif.js')).sarifReporter,
  markdown: async () => (await import('./markdown.js')).markdownReporter,
  github: async () => (await import('./github.js')).githubReporter,
  html: async () => (await import('./html.js')).htmlReporter,
  ndjson: async () => (await import('./ndjson.js')).ndjsonReporter,
  har: async () => (await import('./har.js')).harReporter,
} as const satisfies Readonly<Record<string, () => Promise<Reporter>>>;

export type ReportFormat = keyof typeof reporters;

/** The formats there are, in the order in which help lists them. */
export const reportFormats = Object.keys(reporters) as readonly ReportFormat[];

/** Loads the reporter of a format. */
export const loadReporter = async (format: ReportFormat): Promise<Reporter> => reporters[format]();
