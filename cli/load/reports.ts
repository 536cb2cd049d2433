/** Where a load run is reported to, checked before it and written at its end. */
import type { ReportTarget } from '../parse.js';
import { checkTargets, putReport } from '../report-files.js';
import type { LoadFlags } from './flags.js';
import type { LoadResult } from './record.js';
import { formatLoad } from './text.js';

export const loadFormats = ['console', 'json', 'html'] as const;

const render: Readonly<
  Record<(typeof loadFormats)[number], (result: LoadResult) => string | Promise<string>>
> = {
  console: formatLoad,
  json: (result) => `${JSON.stringify(result)}\n`,
  html: async (result) => {
    const [{ renderPage }, { loadPageAssets }] = await Promise.all([
      import('./page.js'),
      import('../simulation/page-assets.js'),
    ]);
    return renderPage(result, await loadPageAssets());
  },
};

/** @throws {HookproofError} `invalid_argument` for formats and files that cannot be */
export const prepareLoadReports = async ({ report = [], json }: LoadFlags) => {
  const printed: readonly ReportTarget[] = json ? [{ format: 'json', file: undefined }] : [];
  const targets = await checkTargets([...printed, ...report], loadFormats);
  return {
    write: async (result: LoadResult): Promise<void> => {
      for (const { format, file } of targets) await putReport(file, await render[format](result));
    },
  };
};
