/** What is to be delivered, in order. Events are made as they leave, so that their dates are right. */
import {
  HookproofError,
  createEvent,
  createResource,
  findPair,
  pairs,
  usualCourse,
} from '../../simulator/index.js';
import type { DeliveryClaims, Random, Resource, TruoraEvent } from '../../simulator/index.js';
import type { Setting } from '../parse.js';
import { type Body, nameOfClaims } from './body.js';
import { applySettings, requirePlaces } from './settings.js';
import { say } from '../../language/say.js';

/** What is wished for, of which one part names the events. */
export interface PlanWishes {
  readonly event?: string;
  readonly lifecycle?: string;
  readonly actions?: readonly string[];
  readonly all: boolean;
  readonly count: number;
  /** Further deliveries of the same events. */
  readonly duplicate: number;
  readonly batch: number;
  readonly set?: readonly Setting[];
}

export interface PlannedDelivery {
  readonly id: string;
  readonly name: string;
  /** The delivery whose events this one carries again. */
  readonly copyOf: string | null;
  readonly make: (atMs: number) => Body;
}

type EventAt = (atMs: number) => TruoraEvent;

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

/** What came of each is kept until the end. */
const DELIVERIES_MAX = 100_000;

/** @throws {HookproofError} for names and places that there are not, and for wishes that collide */
export const planDeliveries = (
  wishes: PlanWishes,
  bodies: readonly Body[] | undefined,
  { random, nowMs }: { readonly random: Random; readonly nowMs: number },
): readonly PlannedDelivery[] => {
  const settings = wishes.set ?? [];
  const makers =
    bodies === undefined
      ? batches(eventsOf(wishes, random, nowMs), wishes).map(claimsMaker)
      : repeated(wishes.count, () => bodies.map((body) => () => body));
  const planned = makers.length * (1 + wishes.duplicate);
  if (planned > DELIVERIES_MAX) {
    throw wrong(
      say`that would be ${planned} deliveries`,
      say`send ${DELIVERIES_MAX} at a time at most`,
    );
  }
  const samples = makers.map((make) => make(nowMs));
  requirePlaces(
    samples.map(({ claims }) => claims),
    settings,
  );
  return makers.flatMap((make, index) => {
    const id = String(index + 1);
    const name = nameOfClaims(samples[index]?.claims);
    const made = { id, name, copyOf: null, make: (atMs: number) => changed(make(atMs), settings) };
    const copies = repeated(wishes.duplicate, (copy) => [
      { ...made, id: `${id}.${copy + 1}`, copyOf: id },
    ]);
    return [made, ...copies];
  });
};

/** A body that is changed has to be signed again. */
const changed = (body: Body, settings: readonly Setting[]): Body => {
  if (settings.length === 0) return body;
  const isIssued = body.isIssued || settings.some(({ path }) => path === 'iat');
  return { claims: applySettings(body.claims, settings), isIssued, token: undefined };
};

const repeated = <Item>(times: number, make: (turn: number) => readonly Item[]): readonly Item[] =>
  Array.from({ length: times }, (_, turn) => make(turn)).flat();

const eventsOf = (
  { event, lifecycle, actions, all, count, batch }: PlanWishes,
  random: Random,
  nowMs: number,
): readonly EventAt[] => {
  if ([event !== undefined, lifecycle !== undefined, all].filter(Boolean).length !== 1) {
    throw wrong(
      say`what is to be sent is not clear`,
      say`give one of --event, --lifecycle, --all and --body`,
    );
  }
  const about = (product: string, label: string): Resource =>
    createResource(product, random.fork(say`resource ${label}`), nowMs);
  const at =
    (name: string, resource: Resource, label: string): EventAt =>
    (atMs) =>
      createEvent(findPair(name), resource, random.fork(say`event ${label}`), atMs);
  const alone = (name: string, label: string): EventAt =>
    at(name, about(findPair(name).product, label), label);
  if (event !== undefined) {
    return repeated(count * batch, (turn) => [alone(event, `${turn}`)]);
  }
  if (lifecycle === undefined) {
    return repeated(count, (turn) => pairs.map(({ name }) => alone(name, `${turn} ${name}`)));
  }
  const course = (actions ?? usualCourse(lifecycle)).map((action) => `${lifecycle}.${action}`);
  return repeated(count, (turn) => {
    const resource = about(lifecycle, `${turn}`);
    return course.map((name, index) => at(name, resource, `${turn} ${index}`));
  });
};

const batches = (
  events: readonly EventAt[],
  { batch }: PlanWishes,
): readonly (readonly EventAt[])[] =>
  Array.from({ length: Math.ceil(events.length / batch) }, (_, index) =>
    events.slice(index * batch, (index + 1) * batch),
  );

const claimsMaker =
  (events: readonly EventAt[]) =>
  (atMs: number): Body => {
    const claims: DeliveryClaims = {
      events: events.map((make) => make(atMs)),
      iat: Math.floor(atMs / 1000),
      iss: 'Truora',
    };
    return { claims, isIssued: false, token: undefined };
  };
