import { products } from '../../../catalog/index.js';
import type { Hook, StoredEvent } from '../../stand-in.js';
import type { MailText } from '../mailer.js';
import { clean } from './clean.js';
import { compose, nameOf } from './compose.js';
import { texts } from './texts/index.js';
import { createWording } from './worded.js';

export interface UpdateFacts {
  /** An e-mail hook; its `subscriberLanguage` is the reader's. */
  readonly hook: Hook;
  readonly event: StoredEvent;
  /** Where the event shows on the page: a whole URL. */
  readonly pageUrl: string;
}

/** Tells the subscriber of an e-mail hook what happened (DOC: it mails the updates of its events). */
export const composeUpdate = ({ hook, event, pageUrl }: UpdateFacts): MailText => {
  const language = hook.subscriberLanguage;
  const { locale, update, footer } = texts[language];
  const { labels } = update;
  const product = products.find(({ slug }) => slug === event.product);
  const title = product?.title ?? clean(event.product);
  const status = statusOf(event, product?.statusField ?? null);
  const rows = [
    [labels.product, title],
    [labels.action, clean(event.eventAction)],
    [labels.resource, clean(event.resourceId)],
    ...(status === '' ? [] : [[labels.status, status] as const]),
    [labels.when, createWording(locale).instant(event.createdMs)],
    [labels.event, clean(event.id)],
  ] as const;
  const subject = update.subject(title, clean(event.eventAction), clean(event.resourceId, 60));
  return compose(language, subject, [
    { kind: 'title', text: update.title },
    { kind: 'paragraph', text: update.intro(nameOf(hook)) },
    { kind: 'facts', rows },
    { kind: 'link', label: update.link, url: clean(pageUrl, 2000) },
    { kind: 'footer', text: footer },
  ]);
};

/** Empty where the product has no status, or somebody put something else in its place. */
const statusOf = ({ object }: StoredEvent, field: string | null): string => {
  const status = field === null ? undefined : object[field];
  return typeof status === 'string' || typeof status === 'number' ? clean(String(status)) : '';
};
