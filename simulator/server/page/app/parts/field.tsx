import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

/** A label over a control; the hint is read with it. */
const Field = ({
  label,
  hint,
  children,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly children: (ids: { id: string; 'aria-describedby'?: string }) => ComponentChildren;
}): JSX.Element => {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(hint === undefined ? { id } : { id, 'aria-describedby': hintId })}
      {hint === undefined ? null : (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  );
};

interface InputProps {
  readonly type?: 'text' | 'url' | 'email' | 'password' | 'search' | 'number';
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly inputMode?: 'numeric';
  readonly pattern?: string;
  readonly size?: number;
  readonly min?: string;
  readonly step?: string;
}

export const TextField = ({
  label,
  hint,
  value,
  onValue,
  type = 'text',
  ...props
}: InputProps & {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}): JSX.Element => (
  <Field label={label} {...(hint === undefined ? {} : { hint })}>
    {(ids) => (
      <input
        {...({ type } as { readonly type: 'text' })}
        autocomplete="off"
        spellcheck={false}
        {...props}
        {...ids}
        value={value}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
    )}
  </Field>
);

export const SelectField = <T extends string>({
  label,
  hint,
  value,
  options,
  onValue,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onValue: (value: T) => void;
}): JSX.Element => (
  <Field label={label} {...(hint === undefined ? {} : { hint })}>
    {(ids) => (
      <select
        {...ids}
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = options.find(([option]) => option === currentTarget.value);
          if (chosen !== undefined) onValue(chosen[0]);
        }}
      >
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    )}
  </Field>
);
