import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Page, StoredMail } from '../../../stand-in.js';
import { queryOf } from '../api/query.js';
import { Badge } from '../parts/badge.js';
import { Empty } from '../parts/empty.js';
import { PageTitle } from '../parts/page-title.js';
import { Pager } from '../parts/pager.js';
import { ProblemNote } from '../parts/problem.js';
import { Time } from '../parts/time.js';
import { linkTo } from '../routes.js';
import { firstPage, startKeyOf } from '../state/pages.js';
import { useSession } from '../state/session.js';
import { useLoaded } from '../state/use-loaded.js';

const LIMIT = 50;

export const MailStatus = ({ mail }: { readonly mail: StoredMail }): JSX.Element => {
  if (mail.sentMs !== null) return <Badge tone="good">sent</Badge>;
  return mail.error === null ? (
    <Badge tone="quiet">in the outbox</Badge>
  ) : (
    <Badge tone="bad">not taken</Badge>
  );
};

/** The e-mails that left, or would have. */
export const MailsView = (): JSX.Element => {
  const { client, live } = useSession();
  const [pages, setPages] = useState(firstPage);
  const path = `/mails${queryOf({ limit: LIMIT, startKey: startKeyOf(pages) })}`;
  const { value, problem } = useLoaded(live, path, ['mails'], (signal) =>
    client.ask<Page<StoredMail>>('GET', path, undefined, signal),
  );
  return (
    <>
      <PageTitle>Outbox</PageTitle>
      <ProblemNote problem={problem} />
      {value?.rows.length === 0 ? (
        <Empty title="No e-mail yet.">
          <p>
            One is written when the rule disables a hook, and for each event of an e-mail hook. The{' '}
            <a href={linkTo('drill')}>recovery drill</a> leads to the first.
          </p>
        </Empty>
      ) : null}
      {value === undefined || value.rows.length === 0 ? null : (
        <table class="stacks">
          <caption class="unseen">E-mails, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Subject</th>
              <th scope="col">To</th>
              <th scope="col">When</th>
              <th scope="col">Status</th>
            </tr>
          </thead>
          <tbody>
            {value.rows.map((mail) => (
              <tr key={mail.id}>
                <th scope="row" data-name="Subject">
                  <a href={linkTo('mails', mail.id)}>{mail.subject}</a>
                </th>
                <td data-name="To">
                  {mail.to} <span class="quiet">{mail.role}</span>
                </td>
                <td data-name="When" class="number">
                  <Time atMs={mail.createdMs} />
                </td>
                <td data-name="Status">
                  <MailStatus mail={mail} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pager pages={pages} next={value?.next ?? null} onPages={setPages} />
    </>
  );
};
