/**
 * hookproof: contract tests for receivers of Truora's hooks, and the deliveries to run them with.
 *
 * @module hookproof
 */
export * from './contracts/index.js';
export * from './simulator/index.js';
