import { describe, expect, test } from 'vitest';
import { createPolicy } from '../../../simulator/index.js';
import { composeDisabled, composeUpdate } from '../../../simulator/server/mail/compose/index.js';
import { texts } from '../../../simulator/server/mail/compose/texts/index.js';
import type { Language } from '../../../simulator/server/stand-in.js';
import { disabledFacts, pageUrl, sampleEvent, sampleHook } from './samples.js';

const LANGUAGES = Object.keys(texts) as readonly Language[];

const mails = (language: Language) => {
  const hook = sampleHook({ subscriberLanguage: language });
  return {
    update: composeUpdate({ hook, event: sampleEvent(), pageUrl }),
    disabled: composeDisabled({ ...disabledFacts, hook }),
  };
};

describe('each e-mail, as its reader sees it', () => {
  for (const language of LANGUAGES) {
    for (const kind of ['update', 'disabled'] as const) {
      test(`${kind} in ${language}`, async () => {
        const { subject, text, html } = mails(language)[kind];
        const golden = `golden/${kind}.${language}`;
        await expect(`Subject: ${subject}\n\n${text}`).toMatchFileSnapshot(`${golden}.txt`);
        await expect(html).toMatchFileSnapshot(`${golden}.html`);
      });
    }
  }
});

describe('what is said of a disabled hook', () => {
  const english = sampleHook({ subscriberLanguage: 'en' });
  const textFor = (changes: Partial<Parameters<typeof composeDisabled>[0]>): string =>
    composeDisabled({ ...disabledFacts, hook: english, ...changes }).text;

  test('gives the figures exactly where the share is near its threshold', () => {
    expect(textFor({ window: { failed: 4001, total: 5000 } })).toContain(
      '4,001 of 5,000 delivery attempts failed: 80.02%',
    );
  });

  test('speaks to the owner as the owner', () => {
    expect(textFor({ role: 'owner' })).toContain('because you own the account');
    expect(textFor({ role: 'creator' })).toContain('because you created this hook');
  });

  test.each([
    [{ onDisable: 'hold' }, 'are held, and go out when the hook is enabled'],
    [{ onDisable: 'send' }, 'still go out'],
    [{ onEnable: 'keep' }, 'Earlier failures still count'],
    [{ counted: 'events' }, 'for 1,413 of 1,641 events'],
    [{ scope: 'account' }, 'All other hooks of the account'],
    [{ timeoutMs: 1500 }, 'no answer within 1,500 milliseconds'],
    [{ windowMs: 90_000 }, 'Within 90 seconds'],
    [{ threshold: { numerator: 95, denominator: 100 } }, 'when more than 95% fail'],
  ] as const)('goes by the policy %o', (fields, words) => {
    expect(textFor({ policy: createPolicy(fields) })).toContain(words);
    expect(textFor({})).not.toContain(words);
  });

  test('names only the conditions that count', () => {
    const text = textFor({ policy: createPolicy({ failureConditions: ['status'] }) });
    expect(text).toContain('outside 200–299');
    expect(text).not.toContain('certificate');
  });
});

describe('hostile names and addresses', () => {
  const hostile = sampleHook({
    subscriberLanguage: 'en',
    subscriberName:
      'Shop\r\nBcc: all@shop.example\n\n<img src=//evil.example onerror="x">\u202E\u0000',
    subscriberUrl: 'https://user:hunter2@shop.example/hook?token=s3cret#"><script>',
  });
  const event = sampleEvent({
    eventAction: '<b>\nfinished',
    resourceId: `CHK"'&<${'x'.repeat(900)}`,
  });
  const both = [
    composeDisabled({ ...disabledFacts, hook: hostile }),
    composeUpdate({ hook: hostile, event, pageUrl: 'javascript:alert(1)' }),
  ];

  test.each(both)('stay on one line of the subject: $subject', ({ subject }) => {
    expect(subject).toMatch(/^[^\p{Cc}\p{Cf}]{1,200}$/u);
  });

  test.each(both)('bring no element, no link and no line of their own', ({ html, text }) => {
    const tags = html.match(/<[^>]*>/g) ?? [];
    expect(
      tags.filter((tag) => /evil|javascript|token|onerror|<\/?(?:img|script|b)\b/.test(tag)),
    ).toEqual([]);
    expect(text).not.toMatch(/^Bcc:/m);
  });

  test.each(both)('show neither password nor query', ({ html, text }) => {
    expect(html + text).not.toMatch(/hunter2|s3cret/);
  });
});

test('a hook without a name goes by its address', () => {
  const hook = sampleHook({ subscriberName: '', subscriberLanguage: 'en' });
  const { subject } = composeDisabled({ ...disabledFacts, hook });
  expect(subject).toBe('Hook disabled: https://shop.example/webhooks/truora');
});

describe('the texts', () => {
  /** Each place of a table of texts, and what is said there. */
  const placesOf = (value: unknown, path = ''): readonly (readonly [string, string])[] => {
    if (typeof value === 'string') return [[path, value]];
    if (typeof value === 'function') {
      const said: unknown = (value as (...args: readonly unknown[]) => unknown)(
        {
          failed: '1',
          total: '2',
          share: '3',
          threshold: '4',
          window: '5',
          timeout: '6',
          redirects: '7',
        },
        'second',
        'third',
      );
      return [[path, JSON.stringify(said)]];
    }
    return Object.entries(value as object).flatMap(([key, inner]) =>
      placesOf(inner, `${path}.${key}`),
    );
  };
  const english = new Map(placesOf(texts.en));
  /** The same word in two languages. */
  const SAME = /\.(?:subject|locale|labels\.status|labels\.hook)$/;

  test.each(LANGUAGES)('are there in %s, each place once, and translated', (language) => {
    const places = placesOf(texts[language]);
    expect(places.map(([path]) => path)).toEqual([...english.keys()]);
    expect(places.filter(([, said]) => said.trim() === '')).toEqual([]);
    const same = places.filter(([path, said]) => !SAME.test(path) && said === english.get(path));
    expect(same).toEqual(language === 'en' ? expect.anything() : []);
  });
});
