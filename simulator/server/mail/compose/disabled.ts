import type { DeliveryPolicy } from '../../../core/policy.js';
import type { Hook } from '../../stand-in.js';
import type { MailText } from '../mailer.js';
import { clean } from './clean.js';
import { compose, nameOf, whereOf } from './compose.js';
import { texts } from './texts/index.js';
import { createWording } from './worded.js';

export interface DisabledFacts {
  readonly hook: Hook;
  /** In what capacity its reader gets it. */
  readonly role: 'creator' | 'owner';
  /** What the window held when the rule disabled the hook. */
  readonly window: { readonly failed: number; readonly total: number };
  readonly policy: DeliveryPolicy;
  readonly atMs: number;
  /** Where the hook can be enabled: a whole URL. */
  readonly enableUrl: string;
}

/** Tells a hook's creator or owner that the rule disabled it, why, and the way back (DOC). */
export const composeDisabled = (facts: DisabledFacts): MailText => {
  const { hook, role, window, policy, atMs, enableUrl } = facts;
  const language = hook.subscriberLanguage;
  const { locale, disabled, footer } = texts[language];
  const { labels, why, fate, mend } = disabled;
  const worded = createWording(locale);
  const { numerator, denominator } = policy.threshold;
  const name = nameOf(hook);
  const limits = {
    timeout: worded.span(policy.timeoutMs),
    redirects: worded.count(policy.redirectsMax),
  };
  const figures = {
    failed: worded.count(window.failed),
    total: worded.count(window.total),
    share: worded.share(window.failed, window.total),
    threshold: worded.share(numerator, denominator),
    window: worded.span(policy.windowMs),
  };
  const conditions = policy.failureConditions.map((condition) => why.conditions[condition](limits));
  return compose(language, disabled.subject(name), [
    { kind: 'title', text: disabled.title },
    { kind: 'paragraph', text: disabled.intro(name, worded.instant(atMs)) },
    { kind: 'paragraph', text: disabled.roles[role] },
    {
      kind: 'facts',
      rows: [
        [labels.hook, name],
        [labels.url, whereOf(hook)],
        [labels.id, clean(hook.id)],
      ],
    },
    { kind: 'heading', text: why.title },
    { kind: 'paragraph', text: why[policy.counted](figures) },
    { kind: 'paragraph', text: `${why.conditionsTitle}:` },
    { kind: 'list', items: conditions },
    { kind: 'heading', text: fate.title },
    {
      kind: 'list',
      items: [
        ...(policy.scope === 'account' ? [fate.account] : []),
        fate.retries[policy.onDisable],
        fate.missed,
        fate.kept,
      ],
    },
    { kind: 'heading', text: mend.title },
    { kind: 'steps', items: mend.steps(limits) },
    { kind: 'paragraph', text: mend.window[policy.onEnable] },
    { kind: 'link', label: disabled.link, url: clean(enableUrl, 2000) },
    { kind: 'footer', text: footer },
  ]);
};
