import type { JSX } from 'preact';
import type { Emitted } from '../../../stand-in.js';
import { Combobox } from '../parts/combobox.js';
import { TextField } from '../parts/field.js';
import { OverrideRows } from '../parts/overrides.js';
import { type EmitForm as Form, emitOrderOf } from '../state/emit-form.js';
import { titleOf, useHooks } from '../state/hooks.js';
import { usePairs } from '../state/pairs.js';
import { OrderForm } from './order-form.js';

interface Props {
  readonly form: Form;
  readonly onForm: (form: Form) => void;
  readonly onEmitted: (emitted: Emitted) => void;
}

const HookChecks = ({ form, onForm }: Pick<Props, 'form' | 'onForm'>): JSX.Element | null => {
  const hooks = useHooks().value?.rows ?? [];
  if (hooks.length < 2) return null;
  return (
    <fieldset>
      <legend>Only to; none stands for all that subscribe</legend>
      <div class="checks">
        {hooks.map((hook) => (
          <label key={hook.id}>
            <input
              type="checkbox"
              checked={form.hooks.includes(hook.id)}
              onChange={({ currentTarget }) =>
                onForm({
                  ...form,
                  hooks: currentTarget.checked
                    ? [...form.hooks, hook.id]
                    : form.hooks.filter((id) => id !== hook.id),
                })
              }
            />
            {titleOf(hook)}
          </label>
        ))}
      </div>
    </fieldset>
  );
};

/** One of the 45 pairs, once or often. */
export const EmitForm = ({ form, onForm, onEmitted }: Props): JSX.Element => {
  const pairs = usePairs();
  const change = (part: Partial<Form>): void => onForm({ ...form, ...part });
  return (
    <OrderForm
      path="/emit"
      orderOf={() => emitOrderOf(form)}
      label={(busy) => (busy ? 'Emitting …' : 'Emit')}
      onEmitted={onEmitted}
    >
      <Combobox
        label={`Event, one of ${pairs.length}`}
        choices={pairs.map(({ name, productTitle, action, eventType }) => ({
          value: name,
          name: `${productTitle} ${action}`,
          hint: `${productTitle}, ${eventType}`,
        }))}
        value={form.event}
        onValue={(event) => change({ event })}
      />
      <OverrideRows rows={form.overrides} onRows={(overrides) => change({ overrides })} />
      <div class="row">
        <TextField
          label="How many"
          type="number"
          min="1"
          value={form.count}
          onValue={(count) => change({ count })}
        />
        <TextField
          label="To a delivery"
          type="number"
          min="1"
          value={form.batch}
          onValue={(batch) => change({ batch })}
        />
        <TextField
          label="After seconds"
          type="number"
          min="0"
          step="any"
          value={form.delay}
          onValue={(delay) => change({ delay })}
        />
      </div>
      <TextField
        label="Resource"
        placeholder="a new one"
        value={form.resource}
        onValue={(resource) => change({ resource })}
        hint="The id of an earlier event’s resource, to go on with its life."
      />
      <HookChecks form={form} onForm={onForm} />
    </OrderForm>
  );
};
