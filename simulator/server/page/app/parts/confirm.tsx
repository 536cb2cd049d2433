import type { ComponentChildren, JSX } from 'preact';
import type { Action } from '../state/use-action.js';
import { Dialog } from './dialog.js';
import { ProblemNote } from './problem.js';

/** Asks before something that cannot be taken back. */
export const Confirm = ({
  title,
  verb,
  action,
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string;
  readonly verb: string;
  readonly action: Action;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}): JSX.Element => (
  <Dialog title={title} onClose={onClose}>
    {children}
    <ProblemNote problem={action.problem} />
    <div class="buttons end">
      <button type="button" onClick={onClose}>
        Cancel
      </button>
      <button type="button" class="danger" disabled={action.busy} onClick={onConfirm}>
        {verb}
      </button>
    </div>
  </Dialog>
);
