import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Emitted } from '../../../stand-in.js';
import { PageTitle } from '../parts/page-title.js';
import { Segments } from '../parts/segments.js';
import type { Route } from '../routes.js';
import { emptyEmit, emptyLifecycle } from '../state/emit-form.js';
import { EmitForm } from './emit-form.js';
import { EmittedCard } from './emitted.js';
import { LifecycleForm } from './lifecycle-form.js';

/** Makes events happen; its forms keep what was entered while the tab is open. */
const kept = { emit: emptyEmit, lifecycle: emptyLifecycle };

export const EmitView = ({ query }: Pick<Route, 'query'>): JSX.Element => {
  const [mode, setMode] = useState<'event' | 'lifecycle'>(
    query['mode'] === 'lifecycle' ? 'lifecycle' : 'event',
  );
  const [emit, setEmit] = useState(kept.emit);
  const [lifecycle, setLifecycle] = useState(kept.lifecycle);
  const [emitted, setEmitted] = useState<Emitted>();
  kept.emit = emit;
  kept.lifecycle = lifecycle;
  return (
    <>
      <PageTitle>Emit</PageTitle>
      <Segments
        legend="What happens"
        value={mode}
        options={[
          ['event', 'An event'],
          ['lifecycle', 'A whole life'],
        ]}
        onValue={setMode}
      />
      <div class="columns">
        <section class="card" aria-label={mode === 'event' ? 'An event' : 'A whole life'}>
          {mode === 'event' ? (
            <EmitForm form={emit} onForm={setEmit} onEmitted={setEmitted} />
          ) : (
            <LifecycleForm form={lifecycle} onForm={setLifecycle} onEmitted={setEmitted} />
          )}
        </section>
        {emitted === undefined ? (
          <p class="quiet aside">
            An event is stored, signed and delivered to every enabled hook that subscribes to it. On
            a test clock its first attempt has been made when this answers.
          </p>
        ) : (
          <EmittedCard emitted={emitted} />
        )}
      </div>
    </>
  );
};
