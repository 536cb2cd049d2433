import type { ComponentChildren, JSX } from 'preact';

export type Tone = 'good' | 'bad' | 'warn' | 'quiet';

const marks: Readonly<Record<Tone, string>> = { good: '✓', bad: '✕', warn: '●', quiet: '○' };

/** A word with a mark and a colour: any one of the three is enough. */
export const Badge = ({
  tone,
  children,
}: {
  readonly tone: Tone;
  readonly children: ComponentChildren;
}): JSX.Element => (
  <span class={`badge ${tone}`}>
    <span aria-hidden="true">{marks[tone]}</span>
    {children}
  </span>
);
