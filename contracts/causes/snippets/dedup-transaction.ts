import { snippets } from './snippet.js';

/** PostgreSQL: the event's key and its effect in one transaction. */
export const dedupTransaction = snippets({
  node: `
// db: one client of pg; CREATE TABLE seen (id text PRIMARY KEY)
await db.query('BEGIN');
try {
  const sql = 'INSERT INTO seen (id) VALUES ($1) ON CONFLICT DO NOTHING';
  const { rowCount } = await db.query(sql, [event.id]);
  if (rowCount === 1) await applyEvent(db, event); // 0 is a copy: answer 200 all the same
  await db.query('COMMIT');
} catch (error) {
  await db.query('ROLLBACK');
  throw error;
}
`,
  python: `
# db: psycopg.connect(..., autocommit=True); CREATE TABLE seen (id text PRIMARY KEY)
with db.transaction():
    fresh = db.execute(
        "INSERT INTO seen (id) VALUES (%s) ON CONFLICT DO NOTHING", (event["id"],)
    ).rowcount
    if fresh == 1:  # 0 is a copy: answer 200 all the same
        apply_event(db, event)
`,
  go: `
// In the transaction tx; CREATE TABLE seen (id text PRIMARY KEY)
result, err := tx.ExecContext(ctx,
	"INSERT INTO seen (id) VALUES ($1) ON CONFLICT DO NOTHING", event.ID)
if err != nil {
	return err
}
if fresh, err := result.RowsAffected(); err != nil || fresh == 0 {
	return err // 0 is a copy: answer 200 all the same
}
return apply(ctx, tx, event) // the caller commits, then answers
`,
  php: `
// $db: PDO with ERRMODE_EXCEPTION; CREATE TABLE seen (id text PRIMARY KEY)
$db->beginTransaction();
try {
    $insert = $db->prepare('INSERT INTO seen (id) VALUES (?) ON CONFLICT DO NOTHING');
    $insert->execute([$event->id]);
    if ($insert->rowCount() === 1) applyEvent($db, $event); // 0 is a copy: answer 200
    $db->commit();
} catch (Throwable $error) {
    $db->rollBack();
    throw $error;
}
`,
  java: `
// db: a java.sql.Connection; CREATE TABLE seen (id text PRIMARY KEY)
db.setAutoCommit(false);
String sql = "INSERT INTO seen (id) VALUES (?) ON CONFLICT DO NOTHING";
try (PreparedStatement insert = db.prepareStatement(sql)) {
    insert.setString(1, event.id());
    if (insert.executeUpdate() == 1) apply(db, event); // 0 is a copy: answer 200 all the same
    db.commit();
} catch (Exception error) {
    db.rollback();
    throw error;
}
`,
});
