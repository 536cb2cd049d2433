/** The process of one receiver: takes one {@link Order}, answers one {@link Reply} and ends. */
import type { Order, Reply } from './pool.js';
import { runSubject } from './run-subject.js';
import { subjects } from './subjects.js';

const replyTo = async ({ id, options }: Order): Promise<Reply> => {
  const subject = subjects.find((one) => one.id === id);
  if (subject === undefined) return { fault: `no receiver is called '${id}'` };
  try {
    return { row: await runSubject(subject, options) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { fault: message.trim().split('\n')[0] ?? '' };
  }
};

// Ctrl-C reaches the whole group of processes: whether to go on is the parent's decision.
process.on('SIGINT', () => undefined);
process.once('disconnect', () => process.exit());
process.once('message', (order: Order) => {
  void replyTo(order).then((reply) => process.send?.(reply, () => process.exit()));
});
