/** Cases are written by families: what breaks one of a family mostly breaks all, for one reason. */
import type { SendingCase, Suite } from './case.js';

/** What the cases of one family share. */
export interface Family {
  readonly name: string;
  readonly why: string;
  readonly fix: string;
  /** Where it is not the usual one of those who write such cases. */
  readonly suite?: Suite;
}

/** What a case says for itself; the rest is its family's, or usual. */
export type Described = Pick<
  SendingCase,
  'catalogue' | 'severity' | 'title' | 'rule' | 'source' | 'run'
> & {
  readonly slug: string;
} & Partial<Pick<SendingCase, 'suite' | 'level' | 'stage' | 'needs' | 'why' | 'fix'>>;

/** Makes the cases of one suite, unless a case names another. */
export const casesOf =
  (usual: Suite) =>
  (
    family: Family,
    { slug, suite = family.suite ?? usual, ...described }: Described,
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
