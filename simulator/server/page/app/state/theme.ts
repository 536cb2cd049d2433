/** Light, dark, or as the system has it. */

export const themes = ['system', 'light', 'dark'] as const;

export type Theme = (typeof themes)[number];

const NAME = 'hookproof.theme';

export const readTheme = (): Theme => {
  const kept = localStorage.getItem(NAME);
  return themes.find((theme) => theme === kept) ?? 'system';
};

/** Sets what the style sheet looks at, and tells whoever draws by hand. */
export const applyTheme = (theme: Theme): void => {
  localStorage.setItem(NAME, theme);
  document.documentElement.dataset['theme'] = theme;
  dispatchEvent(new Event('hookproof-theme'));
};
