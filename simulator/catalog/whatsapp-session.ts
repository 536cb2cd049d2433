import { defineConversation } from './conversation.js';

/** WhatsApp session: a conversation with its time limit. The status words are INF. */
export const whatsappSession = defineConversation({
  title: 'Whatsapp Session',
  slug: 'whatsapp_session',
  eventType: 'whatsapp_session',
  idPrefix: 'WDI',
  resourceIdField: 'session_id',
  statuses: {
    started: ['started'],
    expired: ['expired'],
    canceled: ['canceled'],
    restarted: ['restarted'],
  },
});
