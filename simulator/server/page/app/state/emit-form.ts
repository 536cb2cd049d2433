/** What is to happen, as its form has it and as the API takes it. */
import type { EmitOrder, LifecycleOrder } from '../../../stand-in.js';
import { type Override, readOverrides } from './overrides.js';

export interface EmitForm {
  readonly event: string;
  readonly overrides: readonly Override[];
  readonly resource: string;
  readonly count: string;
  readonly batch: string;
  /** Seconds. */
  readonly delay: string;
  /** Ids; none stands for all that subscribe. */
  readonly hooks: readonly string[];
}

export const emptyEmit: EmitForm = {
  event: 'checks.finished',
  overrides: [{ place: '', value: '' }],
  resource: '',
  count: '1',
  batch: '1',
  delay: '0',
  hooks: [],
};

const orDefault = (text: string, value: number): number =>
  text.trim() === '' ? value : Number(text);

/** Leaves out what has its default, so that the order reads as it was meant. */
export const emitOrderOf = (form: EmitForm): EmitOrder => {
  const set = readOverrides(form.overrides);
  const count = orDefault(form.count, 1);
  const batch = orDefault(form.batch, 1);
  const afterMs = orDefault(form.delay, 0) * 1000;
  return {
    event: form.event,
    ...(set === undefined ? {} : { set }),
    ...(form.resource.trim() === '' ? {} : { resource: form.resource.trim() }),
    ...(count === 1 ? {} : { count }),
    ...(batch === 1 ? {} : { batch }),
    ...(afterMs === 0 ? {} : { afterMs }),
    ...(form.hooks.length === 0 ? {} : { hooks: form.hooks }),
  };
};

export interface LifecycleForm {
  readonly product: string;
  /** Apart by commas; empty for the usual course. */
  readonly actions: string;
  /** Seconds between two of them. */
  readonly every: string;
  readonly overrides: readonly Override[];
}

export const emptyLifecycle: LifecycleForm = {
  product: 'checks',
  actions: '',
  every: '60',
  overrides: [{ place: '', value: '' }],
};

export const lifecycleOrderOf = (form: LifecycleForm): LifecycleOrder => {
  const set = readOverrides(form.overrides);
  const actions = form.actions
    .split(',')
    .map((action) => action.trim())
    .filter((action) => action !== '');
  return {
    product: form.product,
    everyMs: orDefault(form.every, 60) * 1000,
    ...(actions.length === 0 ? {} : { actions }),
    ...(set === undefined ? {} : { set }),
  };
};
