import type { JSX } from 'preact';

/** Text in a block that scrolls, and that the keyboard can reach. */
export const Block = ({
  label,
  text,
}: {
  readonly label: string;
  readonly text: string;
}): JSX.Element => (
  <pre tabIndex={0} role="region" aria-label={label}>
    <code>{text}</code>
  </pre>
);

export const Json = ({
  label,
  value,
}: {
  readonly label: string;
  readonly value: unknown;
}): JSX.Element => <Block label={label} text={JSON.stringify(value, null, 2)} />;

/** `name: value` lines. */
export const Headers = ({
  label,
  headers,
}: {
  readonly label: string;
  readonly headers: Readonly<Record<string, string>>;
}): JSX.Element => (
  <Block
    label={label}
    text={Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')}
  />
);
