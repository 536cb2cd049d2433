import type { SendingCase } from '../runner/case.js';

/** What the cases of one family of HTTP requests share. */
export interface TransportFamily {
  readonly name: string;
  readonly why: string;
  readonly fix: string;
}

type Described = Pick<
  SendingCase,
  'catalogue' | 'severity' | 'title' | 'rule' | 'source' | 'run'
> & {
  readonly slug: string;
} & Partial<Pick<SendingCase, 'suite' | 'level' | 'stage' | 'needs' | 'why' | 'fix'>>;

/** A case of the suite `transport`, with its family's words where it has none of its own. */
export const transportCase = (
  family: TransportFamily,
  { slug, suite = 'transport', ...described }: Described,
): SendingCase => ({
  kind: 'sends',
  id: `${suite}/${slug}`,
  suite,
  family: family.name,
  level: 'must',
  stage: 'group',
  needs: [],
  why: family.why,
  fix: family.fix,
  ...described,
});
