import type { z } from 'zod';
import type { Random } from '../core/random.js';
import type { IdPrefix } from './identifiers.js';
import type { Person } from './people.js';

/**
 * Where a fact comes from. DOC: Truora's page "Setting up Hooks". REF: elsewhere in Truora's own
 * documents. OBS: seen in several public receivers. INF: our inference, and overridable.
 */
export type Source = 'DOC' | 'REF' | 'OBS' | 'INF';

/** The zod library itself, handed to the builders of schemas so that generating needs no zod. */
export type Zod = typeof z;

/** One check, process, validation, conversation …: what the events of a life are about. */
export interface Resource {
  /** The slug of its product. */
  readonly product: string;
  readonly id: string;
  readonly creationMs: number;
  readonly person: Person;
  readonly accountId: string;
  readonly flowId: string;
  /** The identity process a validation belongs to; a validation can stand alone. */
  readonly identityProcessId: string | null;
}

/** One point of a resource's life, as the generators of objects see it. */
export interface Moment {
  readonly action: string;
  /** The status word that is right for the action; empty where the product has no status. */
  readonly status: string;
  readonly creationDate: string;
  readonly updateDate: string;
  /** Chance that belongs to the resource: at every moment it draws the same. */
  readonly random: Random;
}

/** A product, with its events and what their objects hold. */
export interface Product {
  readonly title: string;
  readonly slug: string;
  readonly eventType: string;
  readonly eventTypeSource: Source;
  /** Where the fields of `object` come from. */
  readonly shapeSource: Source;
  readonly idPrefix: IdPrefix;
  /** The field of `object` that holds the resource's id. */
  readonly resourceIdField: string;
  /** The field of `object` that holds its status, if it has one. */
  readonly statusField: string | null;
  /** The status words allowed at each action; the first is the one that is generated. */
  readonly statuses: Readonly<Record<string, readonly string[]>>;
  /** The actions, in the documented order (DOC). */
  readonly actions: readonly string[];
  /** The schema of `object` as it is at an action: strict, so an unknown field is refused. */
  readonly object: (zod: Zod, action: string) => z.ZodType;
  /** The fields of `object` as they are at a moment, in the order they are sent. */
  readonly snapshot: (resource: Resource, moment: Moment) => Readonly<Record<string, unknown>>;
}

/** Completes a product: its actions are those it has statuses for. */
export const defineProduct = (definition: Omit<Product, 'actions'>): Product => ({
  ...definition,
  actions: Object.keys(definition.statuses),
});
