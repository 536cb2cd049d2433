import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Override } from '../state/overrides.js';

/** Rows of places and values; a new one takes the focus. */
export const OverrideRows = ({
  rows,
  onRows,
}: {
  readonly rows: readonly Override[];
  readonly onRows: (rows: readonly Override[]) => void;
}): JSX.Element => {
  const place = useRef<HTMLFieldSetElement>(null);
  const change = (index: number, part: Partial<Override>): void =>
    onRows(rows.map((row, other) => (other === index ? { ...row, ...part } : row)));
  const focusLast = (): void => {
    const inputs = place.current?.querySelectorAll<HTMLInputElement>('input.place');
    inputs?.item(inputs.length - 1)?.focus();
  };
  return (
    <fieldset ref={place}>
      <legend>Overrides</legend>
      {rows.map((row, index) => (
        // Rows have no name of their own.
        <div class="override" key={index}>
          <input
            class="place"
            type="text"
            spellcheck={false}
            aria-label={`Place of override ${index + 1}`}
            placeholder="object.status"
            value={row.place}
            onInput={({ currentTarget }) => change(index, { place: currentTarget.value })}
          />
          <span aria-hidden="true">=</span>
          <input
            type="text"
            spellcheck={false}
            aria-label={`Value of override ${index + 1}`}
            placeholder="JSON, or plain text"
            value={row.value}
            onInput={({ currentTarget }) => change(index, { value: currentTarget.value })}
          />
          <button
            type="button"
            class="plain small"
            aria-label={`Remove override ${index + 1}`}
            onClick={() => {
              onRows(rows.filter((_, other) => other !== index));
              setTimeout(focusLast);
            }}
          >
            ✕
          </button>
        </div>
      ))}
      <button
        type="button"
        class="small"
        onClick={() => {
          onRows([...rows, { place: '', value: '' }]);
          setTimeout(focusLast);
        }}
      >
        Add an override
      </button>
      <p class="hint">
        A place is a path like <code>object.status</code> or <code>timestamp</code>; one that there
        is not is refused.
      </p>
    </fieldset>
  );
};
