import { defineConversation } from './conversation.js';

/**
 * WhatsApp process: an identity process held in a conversation. INF: it has a process's status
 * words and reasons.
 */
export const whatsappProcess = defineConversation({
  title: 'Whatsapp Process',
  slug: 'whatsapp_process',
  eventType: 'whatsapp_process',
  idPrefix: 'IDP',
  resourceIdField: 'process_id',
  statuses: { started: ['pending'], succeeded: ['success'], failed: ['failure'] },
  failures: {
    failed: {
      failureStatus: 'declined',
      declinedReasons: ['document_has_expired', 'risk_signal_detected'],
    },
  },
});
