import type { JSX } from 'preact';
import type { Emitted } from '../../../stand-in.js';
import { SelectField, TextField } from '../parts/field.js';
import { OverrideRows } from '../parts/overrides.js';
import { type LifecycleForm as Form, lifecycleOrderOf } from '../state/emit-form.js';
import { usePairs } from '../state/pairs.js';
import { OrderForm } from './order-form.js';

/** The life of one resource, from its first event to its last. */
export const LifecycleForm = ({
  form,
  onForm,
  onEmitted,
}: {
  readonly form: Form;
  readonly onForm: (form: Form) => void;
  readonly onEmitted: (emitted: Emitted) => void;
}): JSX.Element => {
  const pairs = usePairs();
  const change = (part: Partial<Form>): void => onForm({ ...form, ...part });
  const products = [...new Map(pairs.map(({ product, productTitle }) => [product, productTitle]))];
  const actions = pairs.filter(({ product }) => product === form.product);
  return (
    <OrderForm
      path="/lifecycle"
      orderOf={() => lifecycleOrderOf(form)}
      label={() => 'Start this life'}
      onEmitted={onEmitted}
    >
      <SelectField
        label="Product"
        value={form.product}
        options={products}
        onValue={(product) => change({ product, actions: '' })}
      />
      <TextField
        label="Actions in order"
        placeholder="the usual course"
        value={form.actions}
        onValue={(text) => change({ actions: text })}
        hint={`Apart by commas. There are ${actions.map(({ action }) => action).join(', ')}.`}
      />
      <TextField
        label="Seconds between two"
        type="number"
        min="0"
        step="any"
        value={form.every}
        onValue={(every) => change({ every })}
      />
      <OverrideRows rows={form.overrides} onRows={(overrides) => change({ overrides })} />
    </OrderForm>
  );
};
