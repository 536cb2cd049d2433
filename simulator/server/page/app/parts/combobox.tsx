import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { matches } from '../state/matches.js';

export interface Choice {
  readonly value: string;
  readonly name: string;
  readonly hint: string;
}

const textOf = ({ value, name, hint }: Choice): string => `${value} ${name} ${hint}`;

/** A select that is searched by typing: arrows move, Enter takes, Escape leaves it as it was. */
export const Combobox = ({
  label,
  choices,
  value,
  onValue,
}: {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly onValue: (value: string) => void;
}): JSX.Element => {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(0);
  const open = typed !== undefined;
  const shown = matches(choices, typed ?? '', textOf);

  const take = (choice: Choice | undefined): void => {
    if (choice !== undefined) onValue(choice.value);
    setTyped(undefined);
  };
  const moveTo = (index: number): void => {
    const last = shown.length - 1;
    const to = index > last ? 0 : index;
    const place = to < 0 ? last : to;
    setActive(place);
    list.current?.children[place]?.scrollIntoView({ block: 'nearest' });
  };
  const openAll = (): void => {
    if (open) return;
    setTyped('');
    setActive(
      Math.max(
        0,
        choices.findIndex((choice) => choice.value === value),
      ),
    );
  };
  const press = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = { ArrowDown: active + 1, ArrowUp: active - 1 };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      if (open) moveTo(to);
      else openAll();
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      take(shown[active]);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      setTyped(undefined);
    }
  };

  return (
    <div class="field combobox">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && shown.length > 0 ? `${id}-${active}` : undefined}
        placeholder={value}
        value={typed ?? value}
        onClick={openAll}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setActive(0);
        }}
        onKeyDown={press}
        onBlur={() => setTyped(undefined)}
      />
      <ul id={`${id}-list`} ref={list} role="listbox" aria-label={label} hidden={!open}>
        {open
          ? shown.map((choice, index) => (
              <li
                key={choice.value}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => take(choice)}
              >
                <code>{choice.value}</code>
                <span class="quiet">{choice.hint}</span>
              </li>
            ))
          : null}
        {open && shown.length === 0 ? (
          <li role="option" aria-selected={false} aria-disabled={true} class="quiet">
            Nothing is called “{typed}”.
          </li>
        ) : null}
      </ul>
    </div>
  );
};
