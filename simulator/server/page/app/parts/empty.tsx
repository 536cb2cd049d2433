import type { ComponentChildren, JSX } from 'preact';

/** There is nothing yet, and what to do next. */
export const Empty = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}): JSX.Element => (
  <div class="empty">
    <p class="strong">{title}</p>
    <div>{children}</div>
  </div>
);
