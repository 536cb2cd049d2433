import type { RunResult } from '../contracts/index.js';
import { say, translate } from '../language/say.js';

/** What a run would send: one line a case, one line a delivery. */
export const formatPlan = ({ seed, cases, receiver }: RunResult): string => {
  const deliveries = cases.reduce((sum, { attempts }) => sum + attempts.length, 0);
  const lines = cases.flatMap(({ id, level, title, attempts }) => [
    `${id}  [${level}]  ${translate(title)}`,
    ...attempts.map(
      ({ label, bodyBytes, bodyDigest }) =>
        `    ${label}  ${bodyBytes} B  sha256:${bodyDigest.slice(0, 16)}`,
    ),
  ]);
  return [
    say`Plan for seed ${seed}: ${cases.length} cases, ${deliveries} deliveries as ${receiver.contentType}.`,
    say`As a right receiver would see it at 2026-01-02T03:04:05Z; nothing was sent.`,
    ...lines,
    '',
  ].join('\n');
};
