import type { Texts } from './texts.js';

export const en: Texts = {
  locale: 'en-GB',
  footer: 'Sent by hookproof, a stand-in for Truora in tests. Truora did not send it.',
  update: {
    subject: (product, action, resourceId) => `${product} ${action}: ${resourceId}`,
    title: 'There is an update',
    intro: (hook) => `The hook “${hook}” asked to be told of it.`,
    labels: {
      product: 'Product',
      action: 'Action',
      resource: 'Resource',
      status: 'Status',
      when: 'When',
      event: 'Event',
    },
    link: 'See the event',
  },
  disabled: {
    subject: (hook) => `Hook disabled: ${hook}`,
    title: 'A hook was disabled',
    intro: (hook, when) =>
      `The hook “${hook}” was disabled on ${when}, because too many deliveries to it failed. It gets no more deliveries until someone enables it.`,
    roles: {
      creator: 'You get this e-mail because you created this hook.',
      owner: 'You get this e-mail because you own the account that this hook belongs to.',
    },
    labels: { hook: 'Hook', url: 'Receiver', id: 'Hook’s id' },
    why: {
      title: 'Why',
      attempts: ({ failed, total, share, threshold, window }) =>
        `Within ${window}, ${failed} of ${total} delivery attempts failed: ${share}. A hook is disabled when more than ${threshold} fail.`,
      events: ({ failed, total, share, threshold, window }) =>
        `Within ${window}, the latest attempt failed for ${failed} of ${total} events: ${share}. A hook is disabled when more than ${threshold} fail.`,
      conditionsTitle: 'An attempt has failed when',
      conditions: {
        status: () => 'the receiver answers with a status outside 200–299',
        timeout: ({ timeout }) => `there is no answer within ${timeout}`,
        connection: () => 'the connection is refused or lost',
        dns: () => 'the host’s name is not found',
        tls: () => 'the TLS certificate is not valid',
        redirects: ({ redirects }) => `the receiver redirects too often (more than ${redirects})`,
      },
    },
    fate: {
      title: 'What becomes of events',
      account: 'All other hooks of the account were disabled with it.',
      retries: {
        drop: 'Retries that were queued have been dropped.',
        hold: 'Retries that were queued are held, and go out when the hook is enabled.',
        send: 'Retries that were queued still go out.',
      },
      missed: 'What happens while the hook is disabled is not delivered, not even later.',
      kept: 'No event is lost: GET /events lists all of them for 60 days. Save each idempotency key, and skip events that you already have.',
    },
    mend: {
      title: 'How to mend it',
      steps: ({ timeout }) => [
        'See in the ledger how the last attempts ended, and mend the receiver.',
        `Answer with 200 within ${timeout}: save the event first, do the slow work afterwards.`,
        'Answer with 200 to events that you do not handle, too.',
        'Enable the hook.',
        'Read GET /events to catch up with what was not delivered.',
      ],
      window: {
        clear: 'Earlier failures no longer count once the hook is enabled.',
        keep: 'Earlier failures still count once the hook is enabled, until they are out of the window.',
      },
    },
    link: 'Enable the hook',
  },
};
