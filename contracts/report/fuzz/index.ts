/** The reports of a fuzz run. */
import type { RenderFuzz } from './report.js';

export type { RenderFuzz } from './report.js';

const formats = {
  console: async () => (await import('./console.js')).renderConsole,
  json: async () => (await import('./json.js')).renderJson,
  html: async () => (await import('./html.js')).renderHtml,
} satisfies Readonly<Record<string, () => Promise<RenderFuzz>>>;

export type FuzzReportFormat = keyof typeof formats;

export const fuzzReportFormats = Object.keys(formats) as readonly FuzzReportFormat[];

export const loadFuzzRenderer = async (format: FuzzReportFormat): Promise<RenderFuzz> =>
  formats[format]();
