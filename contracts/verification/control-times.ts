import type { ContractCase } from '../runner/case.js';
import { controlFamily, withClaims } from './control.js';
import { genuine } from './table.js';

/** Genuine deliveries of all ages. */
export const controlTimes: readonly ContractCase[] = [
  genuine(controlFamily, {
    slug: 'fractional-iat',
    catalogue: 'V017',
    title: 'takes an iat with a fraction',
    rule: 'A NumericDate may have a fraction.',
    source: 'RFC 7519 §2',
    severity: 'low',
    level: 'should',
    bodies: { 'iat .5': withClaims(({ claims }) => ({ iat: claims.iat + 0.5 })) },
  }),
  genuine(controlFamily, {
    slug: 'iat-ahead',
    catalogue: 'V018',
    title: 'takes an iat that is 5 s ahead of its clock',
    rule: 'Clocks differ: allow some leeway.',
    source: 'RFC 7519 §4.1.6; mozilla/fx-private-relay #2738',
    severity: 'medium',
    level: 'should',
    why: 'Two machines’ clocks are seldom equal: without leeway, fresh events are refused at random.',
    fix: 'Allow a minute of leeway (`clockTolerance`, `leeway`), or do not judge iat at all.',
    bodies: { 'iat + 5 s': withClaims(({ nowSeconds }) => ({ iat: nowSeconds + 5 })) },
  }),
  genuine(controlFamily, {
    slug: 'iat-of-last-retry',
    catalogue: 'V019',
    title: 'takes an iat that is 170.5 minutes old',
    rule: 'The last retry comes 170.5 minutes after the first attempt, and may not be signed again.',
    source: 'Truora hooks page, retry table',
    severity: 'high',
    why: 'A maximum age shorter than the retry schedule refuses exactly the retries that would save you after an outage.',
    fix: 'Drop the maximum age, or make it longer than 3 hours; the event’s key protects from replay.',
    bodies: { 'iat − 170.5 min': withClaims(({ nowSeconds }) => ({ iat: nowSeconds - 10_230 })) },
  }),
  genuine(controlFamily, {
    slug: 'no-exp',
    catalogue: 'V021',
    title: 'takes a token without exp',
    rule: 'Truora’s tokens carry no exp.',
    source: 'Truora webhook guide (REF)',
    severity: 'critical',
    bodies: { 'no exp': ({ token }) => token },
  }),
  genuine(controlFamily, {
    slug: 'exp-ahead',
    catalogue: 'V022',
    title: 'takes a token with an exp in the future',
    rule: 'A token before its exp is valid.',
    source: 'RFC 7519 §4.1.4',
    severity: 'medium',
    fix: 'Compare exp in seconds, not in milliseconds, and only refuse what has expired.',
    bodies: { 'exp + 1 h': withClaims(({ nowSeconds }) => ({ exp: nowSeconds + 3600 })) },
  }),
];
