/** The documents of resources: what a receiver reads when it asks how one stands. */
import { resourceIdFieldOf } from '../catalog/index.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * The collection that holds a resource, by the field of its id. Checks, continuous checks, processes
 * and validations are REF, the others INF.
 */
const COLLECTIONS: Readonly<Record<string, ResourceCollection>> = {
  check_id: 'checks',
  continuous_check_id: 'continuous-checks',
  process_id: 'processes',
  validation_id: 'validations',
  signal_id: 'signals',
  outbound_id: 'outbounds',
  session_id: 'sessions',
};

export const resourceCollections = [
  'checks',
  'continuous-checks',
  'processes',
  'validations',
  'signals',
  'outbounds',
  'sessions',
] as const;

export type ResourceCollection = (typeof resourceCollections)[number];

/**
 * What `GET /v1/<collection>/<id>` answers: a check is nested (REF), the rest are not. A verdict that
 * was overwritten stands beside the first one, as `override_status` (REF for processes, INF for the
 * rest). Undefined where the collection holds no such resource.
 */
export const resourceDocument = (
  collection: string,
  object: Json,
  overrideStatus: string | null = null,
): Json | undefined => {
  const field = resourceIdFieldOf(object);
  if (field === undefined || COLLECTIONS[field] !== collection) return undefined;
  const { override_status: _earlier, ...own } = object;
  const document = overrideStatus === null ? object : { ...own, override_status: overrideStatus };
  return collection === 'checks' ? { check: document } : document;
};
