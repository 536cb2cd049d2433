/** What the API says of a hook. */
export interface HookDocument {
  readonly hook_id: string;
  readonly event_type: string;
  readonly actions: readonly string[];
  readonly status: 'enabled' | 'disabled';
  /** 64 hexadecimal characters. */
  readonly signing_key: string;
  readonly subscriber: {
    readonly subscriber_type: 'web' | 'email';
    readonly subscriber_url?: string;
    readonly subscriber_address?: string;
    readonly subscriber_name: string;
    readonly subscriber_language: string;
  };
  readonly creation_date: string;
  readonly update_date: string;
}

/** What a hook is, in the words of whoever keeps it. */
export interface HookFacts {
  readonly id: string;
  readonly eventType: string;
  readonly actions: readonly string[];
  readonly status: 'enabled' | 'disabled';
  readonly subscriberType: 'web' | 'email';
  readonly subscriberUrl: string | null;
  readonly subscriberAddress: string | null;
  readonly subscriberName: string;
  readonly subscriberLanguage: string;
  readonly createdMs: number;
  readonly updatedMs: number;
}

/**
 * A hook as `/v1/hooks` tells it: that its fields are these is REF, that the subscriber's keep their
 * long names where they are nested is an assumption (INF).
 */
export const hookDocument = (hook: HookFacts, signingKey: string): HookDocument => ({
  hook_id: hook.id,
  event_type: hook.eventType,
  actions: hook.actions,
  status: hook.status,
  signing_key: signingKey,
  subscriber: {
    subscriber_type: hook.subscriberType,
    ...(hook.subscriberUrl === null ? {} : { subscriber_url: hook.subscriberUrl }),
    ...(hook.subscriberAddress === null ? {} : { subscriber_address: hook.subscriberAddress }),
    subscriber_name: hook.subscriberName,
    subscriber_language: hook.subscriberLanguage,
  },
  creation_date: new Date(hook.createdMs).toISOString(),
  update_date: new Date(hook.updatedMs).toISOString(),
});
