import type { FailureCondition } from '../../../../core/policy.js';

/** All that e-mails say in one language. Arguments are worded and cleaned already. */
export interface Texts {
  /** A BCP 47 tag, for numbers and dates. */
  readonly locale: string;
  /** Stands under every e-mail. */
  readonly footer: string;
  readonly update: {
    readonly subject: (product: string, action: string, resourceId: string) => string;
    readonly title: string;
    readonly intro: (hook: string) => string;
    readonly labels: Readonly<
      Record<'product' | 'action' | 'resource' | 'status' | 'when' | 'event', string>
    >;
    readonly link: string;
  };
  readonly disabled: {
    readonly subject: (hook: string) => string;
    readonly title: string;
    /** What happened, and to what. */
    readonly intro: (hook: string, when: string) => string;
    readonly roles: Readonly<Record<'creator' | 'owner', string>>;
    readonly labels: Readonly<Record<'hook' | 'url' | 'id', string>>;
    readonly why: {
      readonly title: string;
      readonly attempts: (figures: RuleFigures) => string;
      readonly events: (figures: RuleFigures) => string;
      readonly conditionsTitle: string;
      readonly conditions: Readonly<Record<FailureCondition, (limits: Limits) => string>>;
    };
    readonly fate: {
      readonly title: string;
      readonly account: string;
      /** Of queued retries. */
      readonly retries: Readonly<Record<'drop' | 'hold' | 'send', string>>;
      readonly missed: string;
      /** What is not lost. */
      readonly kept: string;
    };
    readonly mend: {
      readonly title: string;
      readonly steps: (limits: Limits) => readonly string[];
      readonly window: Readonly<Record<'clear' | 'keep', string>>;
    };
    readonly link: string;
  };
}

export interface RuleFigures {
  readonly failed: string;
  readonly total: string;
  /** With its percent sign, as `threshold`. */
  readonly share: string;
  readonly threshold: string;
  /** `60 minutes`. */
  readonly window: string;
}

export interface Limits {
  /** `3 seconds`. */
  readonly timeout: string;
  readonly redirects: string;
}
