import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Fault, Hook } from '../../../stand-in.js';
import { SelectField, TextField } from '../parts/field.js';
import { ProblemNote } from '../parts/problem.js';
import { describeFault, faultKinds } from '../format/outcome.js';
import { setFault } from '../state/hooks.js';
import { useSession } from '../state/session.js';
import { useAction } from '../state/use-action.js';

type Kind = Fault['outcome']['kind'];

const kinds = Object.entries(faultKinds) as readonly (readonly [Kind, string])[];

/** Makes the receiver look broken, without asking it. */
export const FaultForm = ({ hook }: { readonly hook: Hook }): JSX.Element => {
  const session = useSession();
  const { busy, problem, run } = useAction();
  const [kind, setKind] = useState<Kind>('status');
  const [status, setStatus] = useState('503');
  const [times, setTimes] = useState('');
  const fault = (): Fault => ({
    outcome: kind === 'status' ? { kind, status: Number(status) } : { kind },
    times: times.trim() === '' ? null : Number(times),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => setFault(session, hook.id, fault()));
      }}
    >
      {hook.fault === null ? (
        <p class="quiet">The receiver is asked. A fault answers in its place, at once.</p>
      ) : (
        <p class="note warn">
          Played: <strong>{describeFault(hook.fault)}</strong>.
        </p>
      )}
      <div class="row">
        <SelectField label="The receiver" value={kind} options={kinds} onValue={setKind} />
        {kind === 'status' ? (
          <TextField
            label="Status"
            inputMode="numeric"
            pattern="[1-5][0-9][0-9]"
            required
            size={4}
            value={status}
            onValue={setStatus}
          />
        ) : null}
        <TextField
          label="Attempts"
          inputMode="numeric"
          pattern="[1-9][0-9]*"
          placeholder="until mended"
          size={12}
          value={times}
          onValue={setTimes}
        />
        <div class="buttons">
          <button type="submit" disabled={busy}>
            Play this fault
          </button>
          {hook.fault === null ? null : (
            <button
              type="button"
              class="primary"
              disabled={busy}
              onClick={() => void run(() => setFault(session, hook.id, null))}
            >
              Mend the receiver
            </button>
          )}
        </div>
      </div>
      <ProblemNote problem={problem} />
    </form>
  );
};
