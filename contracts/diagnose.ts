import type { DoctorResult } from './doctor/finding.js';
import type { DoctorOptions } from './doctor/options.js';

/**
 * Names what stands between the sender and a receiver: DNS, addresses, TLS, path, content type, body
 * limit, clock and more; the cause first. What does it is loaded when it is called.
 *
 * @example
 * ```ts
 * const { verdict, findings } = await diagnoseReceiver('http://localhost:3000/webhooks/truora', {});
 * if (verdict !== 'clear') console.error(findings[0]?.title, findings[0]?.mend);
 * ```
 *
 * @throws {HookproofError} `invalid_argument`, `target_refused`
 */
export const diagnoseReceiver = async (
  url: string,
  options: DoctorOptions = {},
): Promise<DoctorResult> => (await import('./doctor/diagnose.js')).diagnose(url, options);
