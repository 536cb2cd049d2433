import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { TextField } from '../parts/field.js';

/** Asks for the control token. */
export const SignIn = ({
  refused,
  onToken,
}: {
  readonly refused: boolean;
  readonly onToken: (token: string) => void;
}): JSX.Element => {
  const [token, setToken] = useState('');
  return (
    <main class="alone">
      <h1>hookproof</h1>
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim() !== '') onToken(token.trim());
        }}
      >
        {refused ? (
          <div class="note bad" role="alert">
            <strong>The stand-in did not take this token.</strong>
            <p>Enter the one that it was started with; it may have been started anew.</p>
          </div>
        ) : null}
        <TextField
          label="Control token"
          type="password"
          required
          value={token}
          onValue={setToken}
          hint="What hookproof serve was given as --control-token, or printed after #token= in its address. It stays in this tab."
        />
        <button type="submit" class="primary">
          Open
        </button>
      </form>
    </main>
  );
};
