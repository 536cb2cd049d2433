import type { Header, Resolution } from '../parse.js';
import type { PlanWishes } from './plan.js';

/** The options as commander hands them over. */
export interface SendFlags extends PlanWishes {
  readonly body?: string;
  readonly every?: number;
  readonly key?: string;
  readonly policy: string;
  /** How many times as fast as the wall's the clock runs. */
  readonly clock: number;
  readonly retry: boolean;
  readonly stayEnabled: boolean;
  readonly contentType: string;
  readonly header?: readonly Header[];
  readonly timeout?: number;
  readonly insecure: boolean;
  readonly resolve?: Resolution;
  readonly allowHost?: readonly string[];
  readonly seed?: number;
  readonly payload?: boolean;
  readonly json: boolean;
  readonly ndjson: boolean;
  readonly curl: boolean;
  readonly printToken: boolean;
}
