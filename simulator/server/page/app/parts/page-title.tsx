import type { ComponentChildren, JSX } from 'preact';

/** The heading of a view, which gets the focus when the view is gone to. */
export const PageTitle = ({
  children,
  aside,
}: {
  readonly children: ComponentChildren;
  readonly aside?: ComponentChildren;
}): JSX.Element => (
  <div class="title">
    <h1 tabIndex={-1}>{children}</h1>
    {aside === undefined ? null : <div class="buttons">{aside}</div>}
  </div>
);
