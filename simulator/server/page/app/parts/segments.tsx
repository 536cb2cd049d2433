import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

/** One of a few, as radio buttons in a row. */
export const Segments = <T extends string>({
  legend,
  value,
  options,
  onValue,
}: {
  readonly legend: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onValue: (value: T) => void;
}): JSX.Element => {
  const name = useId();
  return (
    <fieldset class="segments">
      <legend class="unseen">{legend}</legend>
      {options.map(([option, label]) => (
        <label key={option}>
          <input
            type="radio"
            name={name}
            checked={option === value}
            onChange={() => onValue(option)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
};
