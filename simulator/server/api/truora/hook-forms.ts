/** The forms that write hooks, and what they ask of the stand-in. */
import { z } from '@hono/zod-openapi';
import type { HookDraft } from '../../stand-in.js';
import { defined, text } from '../http/text.js';

/** A field that may stand in a form once or several times. */
const repeatable = z.union([text(100), z.array(text(100)).max(100).readonly()]).optional();

const fields = {
  actions: repeatable.openapi({ description: 'Repeatable; none stands for all of them.' }),
  'actions[]': repeatable,
  subscriber_url: text(2000).optional(),
  subscriber_address: text(320).optional(),
  subscriber_name: text(200).optional(),
  subscriber_language: z.enum(['es', 'en', 'pt']).optional(),
  status: z.enum(['enabled', 'disabled']).optional(),
};
const subscriberType = z.enum(['web', 'email']);

export const hookForm = z
  .object({
    event_type: text(100).openapi({ description: '`all`, or one type.' }),
    // That a hook without a type is one for the web is an assumption.
    subscriber_type: subscriberType.default('web'),
    ...fields,
  })
  .openapi('TruoraHookForm', {
    example: {
      event_type: 'check',
      actions: ['finished'],
      subscriber_type: 'web',
      subscriber_url: 'http://localhost:3000/webhooks/truora',
    },
  });

export const hookFormChanges = z
  .object({
    event_type: text(100).optional(),
    subscriber_type: subscriberType.optional(),
    ...fields,
  })
  .openapi('TruoraHookFormChanges', { example: { status: 'enabled' } });

export const draftOf = (form: z.output<typeof hookForm>): HookDraft => ({
  ...changesOf(form),
  eventType: form.event_type,
  subscriberType: form.subscriber_type,
});

export const changesOf = (form: z.output<typeof hookFormChanges>): Partial<HookDraft> => {
  const actions = [form.actions, form['actions[]']].flatMap((given) => given ?? []);
  return defined({
    eventType: form.event_type,
    actions: actions.length === 0 ? undefined : actions,
    subscriberType: form.subscriber_type,
    subscriberUrl: form.subscriber_url,
    subscriberAddress: form.subscriber_address,
    subscriberName: form.subscriber_name,
    subscriberLanguage: form.subscriber_language,
    status: form.status,
  });
};
