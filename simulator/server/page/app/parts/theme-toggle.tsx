import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { applyTheme, readTheme, themes, type Theme } from '../state/theme.js';

const names: Readonly<Record<Theme, string>> = { system: 'Auto', light: 'Light', dark: 'Dark' };

export const ThemeToggle = (): JSX.Element => {
  const [theme, setTheme] = useState(readTheme);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  return (
    <button
      type="button"
      class="plain small"
      title={`Theme: ${names[theme]}. Change to ${names[next]}.`}
      onClick={() => {
        applyTheme(next);
        setTheme(next);
      }}
    >
      <span aria-hidden="true">◐</span> {names[theme]}
      <span class="unseen"> theme</span>
    </button>
  );
};
