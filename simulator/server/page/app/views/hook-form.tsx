import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Hook } from '../../../stand-in.js';
import { Dialog } from '../parts/dialog.js';
import { SelectField, TextField } from '../parts/field.js';
import { ProblemNote } from '../parts/problem.js';
import { linkTo } from '../routes.js';
import { changesOf, draftOf, emptyForm, formOf, type HookForm } from '../state/hook-form.js';
import { saveHook } from '../state/hooks.js';
import { eventTypesOf, usePairs } from '../state/pairs.js';
import { useSession } from '../state/session.js';
import { useAction } from '../state/use-action.js';

interface Part {
  readonly form: HookForm;
  readonly change: (part: Partial<HookForm>) => void;
}

const Target = ({ form, change }: Part): JSX.Element => (
  <>
    <SelectField
      label="Subscriber"
      value={form.subscriberType}
      options={[
        ['web', 'Web: deliveries to an address'],
        ['email', 'E-mail: a mail for each event'],
      ]}
      onValue={(subscriberType) => change({ subscriberType })}
    />
    {form.subscriberType === 'web' ? (
      <TextField
        label="URL"
        type="url"
        required
        placeholder="http://localhost:3000/webhooks/truora"
        value={form.subscriberUrl}
        onValue={(subscriberUrl) => change({ subscriberUrl })}
      />
    ) : (
      <TextField
        label="Address"
        type="email"
        required
        value={form.subscriberAddress}
        onValue={(subscriberAddress) => change({ subscriberAddress })}
      />
    )}
    <TextField
      label="Name"
      value={form.subscriberName}
      onValue={(subscriberName) => change({ subscriberName })}
    />
  </>
);

const Subscription = ({ form, change }: Part): JSX.Element => {
  const types = eventTypesOf(usePairs());
  const actions = types.find(({ eventType }) => eventType === form.eventType)?.actions ?? [];
  return (
    <>
      <SelectField
        label="Told of"
        value={form.eventType}
        options={[
          ['all', 'Everything'],
          ...types.map(({ eventType, title }) => [eventType, `${eventType} (${title})`] as const),
        ]}
        onValue={(eventType) => change({ eventType, actions: [] })}
      />
      {actions.length === 0 ? null : (
        <fieldset>
          <legend>Actions; none stands for all of them</legend>
          <div class="checks">
            {actions.map((action) => (
              <label key={action}>
                <input
                  type="checkbox"
                  checked={form.actions.includes(action)}
                  onChange={({ currentTarget }) =>
                    change({
                      actions: currentTarget.checked
                        ? [...form.actions, action]
                        : form.actions.filter((other) => other !== action),
                    })
                  }
                />
                {action}
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
};

const Mails = ({ form, change }: Part): JSX.Element => (
  <>
    <TextField
      label="Creator’s address"
      type="email"
      value={form.creatorAddress}
      onValue={(creatorAddress) => change({ creatorAddress })}
      hint="The creator and the owner are told when the rule disables the hook."
    />
    <TextField
      label="Owner’s address"
      type="email"
      value={form.ownerAddress}
      onValue={(ownerAddress) => change({ ownerAddress })}
    />
    <SelectField
      label="Language of its e-mails"
      value={form.subscriberLanguage}
      options={[
        ['en', 'English'],
        ['es', 'Spanish'],
        ['pt', 'Portuguese'],
      ]}
      onValue={(subscriberLanguage) => change({ subscriberLanguage })}
    />
  </>
);

const Sending = ({ form, change, isNew }: Part & { readonly isNew: boolean }): JSX.Element => (
  <>
    {isNew ? (
      <TextField
        label="Signing key"
        value={form.signingKey}
        onValue={(signingKey) => change({ signingKey })}
        hint="64 hexadecimal characters; drawn where it is left empty."
      />
    ) : null}
    <TextField
      label="Attempts in the air at a time"
      inputMode="numeric"
      pattern="[1-9][0-9]*"
      value={form.concurrency}
      onValue={(concurrency) => change({ concurrency })}
      hint="Empty for no bound of its own."
    />
    <label class="check">
      <input
        type="checkbox"
        checked={form.ordered}
        onChange={({ currentTarget }) => change({ ordered: currentTarget.checked })}
      />
      In order: an event waits until the one before it is settled
    </label>
  </>
);

/** Creates a hook, or changes one; what was entered stays until it is taken. */
export const HookFormDialog = ({
  hook,
  onClose,
}: {
  readonly hook: Hook | undefined;
  readonly onClose: () => void;
}): JSX.Element => {
  const session = useSession();
  const { busy, problem, run } = useAction();
  const [form, setForm] = useState(hook === undefined ? emptyForm : formOf(hook));
  const change = (part: Partial<HookForm>): void => setForm((before) => ({ ...before, ...part }));
  const save = async (): Promise<void> => {
    const draft = hook === undefined ? draftOf(form) : changesOf(hook, form);
    const saved = await saveHook(session, hook?.id, draft);
    onClose();
    if (hook === undefined) location.hash = linkTo('hooks', saved.id);
  };
  return (
    <Dialog title={hook === undefined ? 'New hook' : 'Edit the hook'} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run(save);
        }}
      >
        <div class="two">
          <div>
            <Target form={form} change={change} />
            <Subscription form={form} change={change} />
          </div>
          <div>
            <Mails form={form} change={change} />
            <Sending form={form} change={change} isNew={hook === undefined} />
          </div>
        </div>
        <ProblemNote problem={problem} />
        <div class="buttons end">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={busy}>
            {hook === undefined ? 'Create' : 'Save'}
          </button>
        </div>
      </form>
    </Dialog>
  );
};
