import { snippets } from './snippet.js';

/** PostgreSQL: exact keys that all instances share, kept well beyond the last retry. */
export const durableKeys = snippets({
  node: `
await db.query(
  'CREATE TABLE IF NOT EXISTS seen ' +
    '(id text COLLATE "C" PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
);
// Once a day, in place of a Map, a cache with a TTL, or a list of the last thousand
await db.query("DELETE FROM seen WHERE at < now() - interval '30 days'");
`,
  python: `
db.execute("""
    CREATE TABLE IF NOT EXISTS seen
    (id text COLLATE "C" PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())""")
# Once a day, in place of a dict, a cache with a TTL, or a list of the last thousand
db.execute("DELETE FROM seen WHERE at < now() - interval '30 days'")
`,
  go: `
const schema = "CREATE TABLE IF NOT EXISTS seen " +
	"(id text COLLATE \\"C\\" PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())"
if _, err := db.ExecContext(ctx, schema); err != nil {
	return err
}
// Once a day, in place of a map, a cache with a TTL, or a list of the last thousand
_, err := db.ExecContext(ctx, "DELETE FROM seen WHERE at < now() - interval '30 days'")
return err
`,
  php: `
$db->exec('CREATE TABLE IF NOT EXISTS seen
    (id text COLLATE "C" PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())');
// Once a day, in place of APCu, a cache with a TTL, or a list of the last thousand
$db->exec("DELETE FROM seen WHERE at < now() - interval '30 days'");
`,
  java: `
try (Statement statement = db.createStatement()) {
    statement.execute("CREATE TABLE IF NOT EXISTS seen "
        + "(id text COLLATE \\"C\\" PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())");
    // Once a day, in place of a Map, a cache with a TTL, or a list of the last thousand
    statement.executeUpdate("DELETE FROM seen WHERE at < now() - interval '30 days'");
}
`,
});
