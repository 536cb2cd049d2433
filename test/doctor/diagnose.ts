import { diagnoseReceiver } from '../../contracts/index.js';
import type { DoctorOptions, DoctorResult } from '../../contracts/index.js';

/** Ids of what blocks or warns, the cause first. */
export const troublesOf = ({ findings }: DoctorResult): readonly string[] =>
  findings.filter(({ severity }) => severity !== 'note').map(({ id }) => id);

export const findingOf = (result: DoctorResult, id: string) => {
  const found = result.findings.find((finding) => finding.id === id);
  if (found === undefined) throw new Error(`no ${id} among ${troublesOf(result).join(', ')}`);
  return found;
};

/** Looks at a receiver of a test; it need not be waited for as long as one of a user. */
export const diagnose = async (url: string, options: DoctorOptions = {}): Promise<DoctorResult> =>
  diagnoseReceiver(url, { timeoutMs: 1000, ...options });
