/** The rows of e-mails. */
import type { Page, PageOrder, StoredMail } from '../stand-in.js';
import { insertRows } from './rows.js';
import { limitOf, pageOf, startOf } from './paging.js';
import type { Query } from './store.js';

interface MailRow {
  readonly id: number;
  readonly kind: StoredMail['kind'];
  readonly hook_id: string;
  readonly role: StoredMail['role'];
  readonly recipient: string;
  readonly language: StoredMail['language'];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly created_ms: number;
  readonly sent_ms: number | null;
  readonly error: string | null;
}

const mailOf = (row: MailRow): StoredMail => ({
  id: String(row.id),
  kind: row.kind,
  hookId: row.hook_id,
  role: row.role,
  to: row.recipient,
  language: row.language,
  subject: row.subject,
  text: row.text,
  html: row.html,
  createdMs: row.created_ms,
  sentMs: row.sent_ms,
  error: row.error,
});

/** An e-mail to be; its key says what it is about, and nobody is told of the same thing twice. */
export type NewMail = Omit<StoredMail, 'id' | 'sentMs' | 'error'> & { readonly key: string };

/** Stores e-mails, and returns the ids of those that are new. */
export const insertMails = async (
  query: Query,
  mails: readonly NewMail[],
): Promise<readonly number[]> => {
  const rows = mails.map((mail) => ({
    key: mail.key,
    kind: mail.kind,
    hook_id: mail.hookId,
    role: mail.role,
    recipient: mail.to,
    language: mail.language,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    created_ms: mail.createdMs,
  }));
  const written = await insertRows<{ id: number }>(query, 'mails', rows, 'id');
  return written.map(({ id }) => id);
};

export const readMail = async (query: Query, id: string): Promise<StoredMail | undefined> => {
  if (!/^\d{1,15}$/.test(id)) return undefined;
  const [row] = await query<MailRow>('SELECT * FROM hookproof.mails WHERE id = $1', [id]);
  return row === undefined ? undefined : mailOf(row);
};

/** A page of e-mails, newest first. */
export const listMails = async (query: Query, order: PageOrder): Promise<Page<StoredMail>> => {
  const limit = limitOf(order);
  const rows = await query<MailRow>(
    'SELECT * FROM hookproof.mails WHERE id < $1 ORDER BY id DESC LIMIT $2',
    [startOf(order) ?? Number.MAX_SAFE_INTEGER, limit + 1],
  );
  return pageOf(rows, limit, ({ id }) => id, mailOf);
};

/** Notes what came of handing an e-mail over. */
export const noteMail = async (
  query: Query,
  id: string,
  note: { readonly sentMs: number | null; readonly error: string | null },
): Promise<void> => {
  await query('UPDATE hookproof.mails SET sent_ms = $2, error = $3 WHERE id = $1', [
    id,
    note.sentMs,
    note.error,
  ]);
};
