/** A hook as its form has it: texts, and what of them the API is told. */
import type { Hook, HookDraft, Language } from '../../../stand-in.js';

export interface HookForm {
  readonly subscriberType: 'web' | 'email';
  readonly subscriberUrl: string;
  readonly subscriberAddress: string;
  readonly subscriberName: string;
  readonly subscriberLanguage: Language;
  readonly eventType: string;
  readonly actions: readonly string[];
  readonly creatorAddress: string;
  readonly ownerAddress: string;
  readonly signingKey: string;
  readonly concurrency: string;
  readonly ordered: boolean;
}

export const emptyForm: HookForm = {
  subscriberType: 'web',
  subscriberUrl: '',
  subscriberAddress: '',
  subscriberName: '',
  subscriberLanguage: 'en',
  eventType: 'all',
  actions: [],
  creatorAddress: '',
  ownerAddress: '',
  signingKey: '',
  concurrency: '',
  ordered: false,
};

export const formOf = (hook: Hook): HookForm => ({
  subscriberType: hook.subscriberType,
  subscriberUrl: hook.subscriberUrl ?? '',
  subscriberAddress: hook.subscriberAddress ?? '',
  subscriberName: hook.subscriberName,
  subscriberLanguage: hook.subscriberLanguage,
  eventType: hook.eventType,
  actions: hook.actions,
  creatorAddress: hook.creatorAddress,
  ownerAddress: hook.ownerAddress,
  signingKey: '',
  concurrency: hook.concurrency === null ? '' : String(hook.concurrency),
  ordered: hook.ordered,
});

/** Everything that was filled in; of the two targets only that of its type. */
export const draftOf = (form: HookForm): HookDraft => {
  const texts = {
    subscriberName: form.subscriberName,
    creatorAddress: form.creatorAddress,
    ownerAddress: form.ownerAddress,
    signingKey: form.signingKey,
    ...(form.subscriberType === 'web'
      ? { subscriberUrl: form.subscriberUrl }
      : { subscriberAddress: form.subscriberAddress }),
  };
  return {
    eventType: form.eventType,
    actions: form.actions,
    subscriberType: form.subscriberType,
    subscriberLanguage: form.subscriberLanguage,
    ordered: form.ordered,
    concurrency: form.concurrency.trim() === '' ? null : Number(form.concurrency),
    ...Object.fromEntries(
      Object.entries(texts)
        .map(([name, text]) => [name, text.trim()] as const)
        .filter(([, text]) => text !== ''),
    ),
  };
};

/** What differs from the hook as it is: a change says nothing of what stays. */
export const changesOf = (hook: Hook, form: HookForm): Partial<HookDraft> => {
  const before = draftOf(formOf(hook));
  return Object.fromEntries(
    Object.entries(draftOf(form)).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(before, name)),
    ),
  );
};
