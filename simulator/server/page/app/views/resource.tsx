import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Resource } from '../../../stand-in.js';
import { Json } from '../parts/json.js';
import { ProblemNote } from '../parts/problem.js';
import { useSession } from '../state/session.js';
import { useAction } from '../state/use-action.js';

/** What the fallback would read: the resource as its newest event left it. */
export const ResourceCard = ({ id }: { readonly id: string }): JSX.Element => {
  const { client } = useSession();
  const { busy, problem, run } = useAction();
  const [resource, setResource] = useState<Resource>();
  const look = async (): Promise<void> =>
    setResource(await client.ask<Resource>('GET', `/resources/${encodeURIComponent(id)}`));
  return (
    <>
      <div class="buttons">
        <button type="button" class="small" aria-disabled={busy} onClick={() => void run(look)}>
          {resource === undefined ? 'What does the fallback read?' : 'Read it again'}
        </button>
      </div>
      <ProblemNote problem={problem} />
      {resource === undefined ? null : (
        <>
          {resource.overrideStatus === null ? null : (
            <p>
              Overridden: <code>{resource.overrideStatus}</code>
            </p>
          )}
          <Json label="The resource now" value={resource.object} />
        </>
      )}
    </>
  );
};
