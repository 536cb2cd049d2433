import { defineConversation } from './conversation.js';

/** WhatsApp outbound: a message sent first, once approved. The status words are INF. */
export const whatsappOutbound = defineConversation({
  title: 'Whatsapp Outbound',
  slug: 'whatsapp_outbound',
  eventType: 'whatsapp_outbound',
  idPrefix: 'OTB',
  resourceIdField: 'outbound_id',
  statuses: { started: ['started'], canceled: ['canceled'], approved: ['approved'] },
});
