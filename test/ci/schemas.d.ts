/** What the tests use of packages that bring no types, or types of another kind. */
declare module 'gitlab-ci-local/src/schema/schema.js' {
  export const schema: Readonly<Record<string, unknown>>;
}
