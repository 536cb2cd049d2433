/**
 * Cases that tell no broken receiver that comes along. They guard against what a server, a library or
 * a parser below the receiver gets wrong, and stand here until a receiver with that defect is added:
 * `hookproof self-test` names every other case that tells nothing.
 */
export const hygiene: ReadonlySet<string> = new Set([
  // The token's form, which every JWT library judges by itself.
  'verification/signature-standard-base64',
  'verification/empty-body',
  'verification/blank-body',
  'verification/literal-body',
  'verification/one-segment',
  'verification/hundred-thousand-dots',
  'verification/no-payload',
  'verification/only-dots',
  'verification/deep-payload',
  'verification/huge-header',
  'verification/payload-not-an-object',
  'verification/json-serialisation',
  'verification/general-json-serialisation',
  'verification/b64-false',
  'verification/jwe-bomb',
  // Told only with shorter keys than Truora's, or with products that are named.
  'verification/key-with-nul',
  'response/applies-its-products',
  // Content that is signed and senseless: no effect can be wrong, only a crash.
  'verification/iat-a-day-old',
  'verification/no-events',
  'verification/events-not-a-list',
  'idempotency/two-events-without-id',
  // A receiver that is slower than the timeout gets no verdict; one that is a little faster, this.
  'response/ack-latency',
  // The server's own reading of HTTP.
  'transport/absolute-form-forged',
  'transport/odd-lines-forged',
  'transport/large-heads-forged',
  'transport/bad-chunk-size',
  'transport/length-and-chunks',
  'transport/two-lengths',
  'transport/odd-lengths',
  'transport/length-too-small',
  'transport/body-cut',
  'transport/expect-unknown',
]);
