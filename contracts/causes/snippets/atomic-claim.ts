import { snippets } from './snippet.js';

/** PostgreSQL: one statement claims an event, for effects that no transaction can hold. */
export const atomicClaim = snippets({
  node: `
// CREATE TABLE claims (id text PRIMARY KEY, until timestamptz, done boolean DEFAULT false)
const sql =
  "INSERT INTO claims (id, until) VALUES ($1, now() + interval '1 minute') " +
  'ON CONFLICT (id) DO UPDATE SET until = excluded.until ' +
  'WHERE NOT claims.done AND claims.until < now()';
const { rowCount } = await db.query(sql, [event.id]);
if (rowCount === 0) return (await isDone(event.id)) ? 200 : 409; // 409: still in flight
await applyEvent(event).catch((error) => release(event.id, error)); // until = now(), throws
await db.query('UPDATE claims SET done = true WHERE id = $1', [event.id]);
`,
  python: `
# CREATE TABLE claims (id text PRIMARY KEY, until timestamptz, done boolean DEFAULT false)
claimed = db.execute("""
    INSERT INTO claims (id, until) VALUES (%s, now() + interval '1 minute')
    ON CONFLICT (id) DO UPDATE SET until = excluded.until
    WHERE NOT claims.done AND claims.until < now()""", (event["id"],)).rowcount
if claimed == 0:
    return 200 if is_done(event["id"]) else 409  # 409: still in flight
with released_on_failure(event["id"]):  # sets until = now() and raises again
    apply_event(event)
db.execute("UPDATE claims SET done = true WHERE id = %s", (event["id"],))
`,
  go: `
// CREATE TABLE claims (id text PRIMARY KEY, until timestamptz, done boolean DEFAULT false)
const claim = "INSERT INTO claims (id, until) VALUES ($1, now() + interval '1 minute') " +
	"ON CONFLICT (id) DO UPDATE SET until = excluded.until " +
	"WHERE NOT claims.done AND claims.until < now() RETURNING id"
if err := db.QueryRowContext(ctx, claim, event.ID).Scan(&id); err != nil {
	return answerTo(ctx, event.ID, err) // sql.ErrNoRows: 200 where it is done, else 409
}
if err := apply(ctx, event); err != nil {
	return release(ctx, event.ID, err) // sets until = now(), then 500
}
return finish(ctx, event.ID) // sets done = true, then 200
`,
  php: `
// CREATE TABLE claims (id text PRIMARY KEY, until timestamptz, done boolean DEFAULT false)
$claim = $db->prepare("INSERT INTO claims (id, until) VALUES (?, now() + interval '1 minute')
    ON CONFLICT (id) DO UPDATE SET until = excluded.until
    WHERE NOT claims.done AND claims.until < now()");
$claim->execute([$event->id]);
if ($claim->rowCount() === 0) return isDone($event->id) ? 200 : 409; // 409: still in flight
try {
    applyEvent($event);
} catch (Throwable $error) {
    throw release($event->id, $error); // until = now()
}
finish($event->id); // done = true
`,
  java: `
// CREATE TABLE claims (id text PRIMARY KEY, until timestamptz, done boolean DEFAULT false)
String claim = "INSERT INTO claims (id, until) VALUES (?, now() + interval '1 minute') "
    + "ON CONFLICT (id) DO UPDATE SET until = excluded.until "
    + "WHERE NOT claims.done AND claims.until < now()";
if (update(db, claim, event.id()) == 0) return isDone(event.id()) ? 200 : 409; // 409: in flight
try {
    apply(event);
} catch (Exception error) {
    update(db, "UPDATE claims SET until = now() WHERE id = ?", event.id());
    throw error;
}
update(db, "UPDATE claims SET done = true WHERE id = ?", event.id());
`,
});
