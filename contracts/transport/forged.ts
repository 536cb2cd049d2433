/** Forgeries that must have no effect, whichever way they come. */
import type { CaseContext, ContractCase, SendOptions } from '../runner/case.js';
import { refusesAll } from '../runner/judge.js';
import { watchAbsent } from '../runner/watch.js';
import { createForgeKit, signed } from '../verification/forge.js';
import type { ForgeKit } from '../verification/forge.js';
import { transportCase } from './transport-case.js';
import type { Family } from '../runner/family.js';

/** What hangs the check on one way in. */
export const bypass: Family = {
  name: 'verification-bypassed',
  why: 'The check hangs on one method, path, header or content type; beside it the same handler runs unchecked, for anyone who finds the gap.',
  fix: 'Verify in the handler itself, on the body, whatever method, path, headers or content type brought it there.',
};

/** A token under a key that the receiver does not have. */
export const forged = (kit: ForgeKit): string =>
  signed({ payload: kit.payload, key: kit.strangersKey });

export interface Variant {
  readonly label: string;
  readonly options: SendOptions | ((kit: ForgeKit) => SendOptions);
  readonly body?: (kit: ForgeKit) => string;
}

export const sendForged = async (context: CaseContext, variants: readonly Variant[]) =>
  Promise.all(
    variants.map(async ({ label, options, body = forged }) => {
      const event = context.event();
      const kit = createForgeKit(context, event);
      const sending = typeof options === 'function' ? options(kit) : options;
      return context.send('hostile', [event], body(kit), { ...sending, label });
    }),
  );

/** A forgery that must have no effect by any of these ways. */
export const bypassCase = (
  described: Pick<ContractCase, 'catalogue' | 'title' | 'severity' | 'source'> &
    Partial<Pick<ContractCase, 'level' | 'needs'>> & {
      readonly slug: string;
      readonly variants: (context: CaseContext) => readonly Variant[];
    },
): ContractCase => {
  const { variants, ...rest } = described;
  return transportCase(bypass, {
    ...rest,
    rule: 'Nothing but a verified token has an effect.',
    run: async (context) => {
      const attempts = await sendForged(context, variants(context));
      return {
        attempts,
        watched: watchAbsent(attempts),
        judge: (seen) => refusesAll(attempts, seen, { closes: true }),
      };
    },
  });
};

/** A forgery with one more header. */
export const header = (name: string, value: string): Variant => ({
  label: `${name}: ${value}`,
  options: { headers: [[name, value]] },
});
