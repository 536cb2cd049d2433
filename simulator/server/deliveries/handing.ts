/** E-mails are handed to who carries them, and again when they were not taken. */
import type { Job } from '../queue/queue.js';
import { noteMail, readMail } from '../store/mails.js';
import type { Context } from './context.js';
import { tell } from './news.js';

const TRIES_MOST = 8;
const FIRST_DELAY_MS = 5000;

/** Hands one e-mail over and notes what came of it. */
export const handOver = async (context: Context, job: Job): Promise<void> => {
  const { store, queue, options } = context;
  const { mailer } = options;
  const mail = await readMail(store.query, String(job.data['mailId'] ?? ''));
  const tries = (job.data['tries'] ?? 0) + 1;
  const isOpen = mail?.sentMs === null && mailer !== undefined;
  const error = isOpen
    ? await mailer.send(mail).then(
        () => undefined,
        (reason: unknown) => (reason instanceof Error ? reason.message : String(reason)),
      )
    : undefined;
  await store.transaction(async (query) => {
    await queue.finish(query, 'mails', [job]);
    if (!isOpen) return;
    const nowMs = queue.nowMs();
    await noteMail(query, mail.id, {
      sentMs: error === undefined ? nowMs : null,
      error: error ?? null,
    });
    if (error !== undefined && tries < TRIES_MOST) {
      const dueMs = nowMs + FIRST_DELAY_MS * 2 ** (tries - 1);
      await queue.add(query, 'mails', [{ data: { ...job.data, tries }, dueMs }]);
    }
    await tell(query, { changes: [{ topic: 'mails', id: mail.id }], due: false });
  });
};
