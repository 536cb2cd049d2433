/** The report for people: the rows that matter or all of them, a plot, a table, a paragraph. */
import { type RowNames, type RowSink, loadLedger, loadPictures } from '../../simulator/index.js';
import { createHighlights } from './highlights.js';
import { openOutput } from './output.js';
import { createPaint } from './paint.js';
import type { OpenReport } from './report.js';
import { formatRow, formatRows, rowHead } from './rows.js';
import { formatSummary } from './summary.js';
import { terminalOf } from '../terminal.js';
import { toAll } from './sinks.js';
import { say } from '../../language/say.js';

export const openConsoleReport: OpenReport = async (file, { ledger, plot }) => {
  const { columns, plain } = terminalOf(process.stdout);
  const output = await openOutput(file);
  const { listenByName } = await loadLedger();
  const listeners: ((names: RowNames) => RowSink)[] = [];
  const highlights = createHighlights();
  if (ledger) {
    output.put(`${rowHead()}\n`);
    listeners.push((names) =>
      listenByName((row) => output.put(`${formatRow(row, names.accounts)}\n`))(names),
    );
  } else listeners.push(listenByName(highlights.add));
  const pictures = plot ? await loadPictures() : undefined;
  const recorder = pictures?.createTimeline();
  if (recorder !== undefined) listeners.push(recorder.listen);
  return {
    listen: toAll(listeners),
    ...(ledger ? { flush: output.flush } : {}),
    finish: async (result) => {
      const rows = highlights.rows();
      const lines: string[] = [];
      if (rows.length > 0) {
        lines.push(...formatRows(rows, result.accounts));
        lines.push(say`(${rows.length} of ${highlights.seen()} rows; --ledger prints all)`, '');
      } else if (ledger) lines.push('');
      // A picture says nothing aloud; the table and the paragraph below say what it shows.
      if (pictures !== undefined && recorder !== undefined && !plain) {
        const paint = createPaint(process.stdout);
        const drawn = pictures.renderPlot(recorder.timeline(result), result, { columns, paint });
        lines.push(...drawn.trimEnd().split('\n'), '');
      }
      lines.push(...formatSummary(result), '');
      output.put(lines.join('\n'));
      await output.close();
    },
  };
};
