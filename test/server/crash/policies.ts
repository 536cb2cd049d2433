/** The documented policy at the speed of a test, as `--policy` takes it. */

/** The rule is off: every event ends delivered or exhausted. */
export const retrying = {
  attemptsMax: 3,
  delaysMs: [200, 400],
  timeoutMs: 2000,
  threshold: { numerator: 1, denominator: 1 },
};

/** The documented schedule; what waits when the hook is disabled is held. */
export const telling = { onDisable: 'hold' };

/** Trips at once, and tries again long after. */
export const tripping = { delaysMs: [60_000, 60_000, 60_000, 60_000, 60_000], timeoutMs: 2000 };
