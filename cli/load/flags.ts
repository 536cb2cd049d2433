import type { Header, ReportTarget, Resolution } from '../parse.js';

/** The options as commander hands them over. */
export interface LoadFlags {
  readonly event?: readonly string[];
  /** Milliseconds between two deliveries; undefined: as fast as they are taken. */
  readonly rate?: number;
  readonly duration?: number;
  readonly count?: number;
  readonly connections: number;
  readonly pipelining: number;
  readonly ramp: boolean;
  readonly key?: string;
  readonly policy: string;
  readonly timeout?: number;
  readonly contentType: string;
  readonly header?: readonly Header[];
  readonly insecure: boolean;
  readonly resolve?: Resolution;
  readonly allowHost?: readonly string[];
  readonly probe?: string;
  readonly probeCount?: string;
  readonly probeSettle: number;
  readonly seed?: number;
  readonly report?: readonly ReportTarget[];
  readonly json: boolean;
}
