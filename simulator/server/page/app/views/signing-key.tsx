import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ProblemNote } from '../parts/problem.js';
import { useSession } from '../state/session.js';
import { useAction } from '../state/use-action.js';

/** The key is asked for when somebody wants to see it, and forgotten when it is hidden. */
export const SigningKey = ({ id }: { readonly id: string }): JSX.Element => {
  const { client, announce } = useSession();
  const { problem, run } = useAction();
  const [key, setKey] = useState<string>();
  const reveal = async (): Promise<void> => {
    const { signingKey } = await client.ask<{ readonly signingKey: string }>(
      'GET',
      `/hooks/${encodeURIComponent(id)}/key`,
    );
    setKey(signingKey);
  };
  return (
    <>
      {key === undefined ? (
        <button type="button" class="small" onClick={() => void run(reveal)}>
          Reveal
        </button>
      ) : (
        <>
          <code class="key">{key}</code>{' '}
          <button
            type="button"
            class="small"
            onClick={() =>
              void run(async () => {
                await navigator.clipboard.writeText(key);
                announce('The key is copied.');
              })
            }
          >
            Copy
          </button>{' '}
          <button type="button" class="small" onClick={() => setKey(undefined)}>
            Hide
          </button>
        </>
      )}
      <ProblemNote problem={problem} />
    </>
  );
};
