/** Sources whose sentences are not for people who chose a language, and why. */
export const apart: readonly (readonly [files: RegExp, why: string])[] = [
  [/^contracts\/causes\/snippets\/|^contracts\/doctor\/judge\/snippets/, 'code to copy'],
  [/^cli\/completion\/|^cli\/send\/curl|^contracts\/report\/fuzz\/report/, 'code to copy'],
  [/^contracts\/(?:verification|transport|idempotency|recovery|response)\//, 'names of attempts'],
  [/^contracts\/(?:arbitraries|msw)\//, 'names of drawn values'],
  [
    /^contracts\/schedule\/(?:sender|trace|fuzz|require-schedule)\.ts$/,
    'names of attempts and options',
  ],
  [/^contracts\/runner\/(?:context|plan|play)\.ts$/, 'names of attempts'],
  [/^contracts\/probe\/(?:canary|sink|http)\.ts$/, 'what goes over the wire, and names of probes'],
  [/^contracts\/doctor\/observe\//, 'what goes over the wire'],
  [/^contracts\/report\/(?:har|html\/style|html\/script)\.ts$/, 'formats for machines, code'],
  [/^cli\/load\/page-parts\.ts$|\/picture\/(?:html\/s|svg\/style)/, 'code of pages'],
  [
    /^simulator\/server\//,
    'stored, and read over the wire; what keeps serve from starting is marked all the same',
  ],
  [/^cli\/server\/|^cli\/commands\/serve-run/, 'logs'],
  [/^cli\/self-test\/|^cli\/commands\/self-test-run/, 'for who works on hookproof'],
  [
    /^contracts\/(?:define|deliverable|matchers|receiver|simulation-matchers)\.ts$/,
    'the library, in English',
  ],
  [/^contracts\/(?:dedup\/|runner\/(?:checked|real-time)\.ts$)/, 'the library, in English'],
  [
    /^simulator\/sender\/(?:applications|in-process-target|node-handler|trouble)\.ts$/,
    'the library, in English',
  ],
  [/^simulator\/core\/known-options\.ts$/, 'the library, in English'],
  [/^cli\/(?:demo|replays|help)\.ts$/, 'commands, seeds and patterns'],
  [/^simulator\/(?:truora|catalog)\//, 'what Truora says'],
  [/^simulator\/capture\/receiver|^simulator\/sender\/(?:lambda-answer|next-api)/, 'the wire'],
  [
    /^simulator\/(?:core\/random|load\/(?:claimed|requests)|threads\/)/,
    'faults of hookproof itself',
  ],
];
