import { defineConversation } from './conversation.js';

/**
 * WhatsApp inbound: somebody writes first. INF: it is known by the session it opens, and says
 * about it what the action says.
 */
export const whatsappInbound = defineConversation({
  title: 'Whatsapp Inbound',
  slug: 'whatsapp_inbound',
  eventType: 'whatsapp_inbound',
  idPrefix: 'WDI',
  resourceIdField: 'session_id',
  statuses: { started: ['started'] },
});
