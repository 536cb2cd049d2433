/** Why hookproof could not do what its user asked; `code` is stable, the message is for people. */
export type HookproofErrorCode =
  | 'invalid_argument'
  | 'unknown_event'
  | 'unknown_path'
  | 'target_refused'
  | 'probe_failed'
  | 'nothing_matched'
  | 'invalid_scenario'
  | 'endless_scenario'
  | 'control_failed';

/**
 * A mistake or an obstacle on the user's side. `message` says what is wrong and where, `remedy`
 * what to do about it. Neither ever holds a key or a token.
 */
export class HookproofError extends Error {
  override readonly name = 'HookproofError';
  readonly code: HookproofErrorCode;
  readonly remedy: string;

  constructor(code: HookproofErrorCode, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}
