import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { StoredMail } from '../../../stand-in.js';
import { Facts } from '../parts/facts.js';
import { MailHtml, MailText } from '../parts/mail-body.js';
import { PageTitle } from '../parts/page-title.js';
import { ProblemNote } from '../parts/problem.js';
import { Segments } from '../parts/segments.js';
import { Time } from '../parts/time.js';
import { linkTo } from '../routes.js';
import { useSession } from '../state/session.js';
import { useLoaded } from '../state/use-loaded.js';
import { MailStatus } from './mails.js';

const why = {
  update: 'an update of an e-mail hook',
  disabled: 'the rule disabled a hook',
} as const;

const Loaded = ({ mail }: { readonly mail: StoredMail }): JSX.Element => {
  const [form, setForm] = useState<'text' | 'html'>('html');
  return (
    <>
      <PageTitle
        aside={
          <a class="button" href={linkTo('hooks', mail.hookId)}>
            To its hook
          </a>
        }
      >
        {mail.subject}
      </PageTitle>
      <section class="card" aria-label="E-mail">
        <Facts
          rows={[
            ['To', `${mail.to} (${mail.role})`],
            ['Why', why[mail.kind]],
            ['Written', <Time atMs={mail.createdMs} />],
            ['Status', <MailStatus mail={mail} />],
            ...(mail.sentMs === null ? [] : [['Sent', <Time atMs={mail.sentMs} />] as const]),
            ...(mail.error === null ? [] : [['Not taken', mail.error] as const]),
          ]}
        />
        <Segments
          legend="Show as"
          value={form}
          options={[
            ['html', 'HTML'],
            ['text', 'Text'],
          ]}
          onValue={setForm}
        />
        {form === 'html' ? <MailHtml html={mail.html} /> : <MailText text={mail.text} />}
      </section>
    </>
  );
};

/** One e-mail as its reader gets it. */
export const MailView = ({ id }: { readonly id: string }): JSX.Element => {
  const { client, live } = useSession();
  const { value, problem } = useLoaded(live, id, ['mails'], (signal) =>
    client.ask<StoredMail>('GET', `/mails/${encodeURIComponent(id)}`, undefined, signal),
  );
  return (
    <>
      <p class="crumb">
        <a href={linkTo('mails')}>Outbox</a>
      </p>
      {value === undefined ? <PageTitle>E-mail</PageTitle> : <Loaded mail={value} />}
      <ProblemNote problem={problem} />
    </>
  );
};
