import { snippets } from './snippet.js';

/** PostgreSQL: the newest event sets the state, whichever arrives first. */
export const orderByTimestamp = snippets({
  node: `
const rank = { created: 0, succeeded: 2, failed: 2 }[event.event_action] ?? 1;
const sql =
  'INSERT INTO checks (id, status, at, rank) VALUES ($1, $2, $3, $4) ' +
  'ON CONFLICT (id) DO UPDATE SET status = excluded.status, at = excluded.at, ' +
  'rank = excluded.rank WHERE (excluded.at, excluded.rank) > (checks.at, checks.rank)';
const { check_id, status } = event.object;
await db.query(sql, [check_id, status, event.timestamp, rank]); // an older one changes nothing
`,
  python: `
rank = {"created": 0, "succeeded": 2, "failed": 2}.get(event["event_action"], 1)
check = event["object"]
db.execute("""
    INSERT INTO checks (id, status, at, rank) VALUES (%s, %s, %s, %s)
    ON CONFLICT (id) DO UPDATE
    SET status = excluded.status, at = excluded.at, rank = excluded.rank
    WHERE (excluded.at, excluded.rank) > (checks.at, checks.rank)
""", (check["check_id"], check["status"], event["timestamp"], rank))  # an older one: nothing
`,
  go: `
const upsert = "INSERT INTO checks (id, status, at, rank) VALUES ($1, $2, $3, $4) " +
	"ON CONFLICT (id) DO UPDATE SET status = excluded.status, at = excluded.at, " +
	"rank = excluded.rank WHERE (excluded.at, excluded.rank) > (checks.at, checks.rank)"
// rankOf: created 0, succeeded and failed 2, others 1
_, err := tx.ExecContext(ctx, upsert,
	check.ID, check.Status, event.Timestamp, rankOf(event.Action))
return err // an older one changes nothing
`,
  php: `
$rank = ['created' => 0, 'succeeded' => 2, 'failed' => 2][$event->event_action] ?? 1;
$upsert = $db->prepare('INSERT INTO checks (id, status, at, rank) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE
    SET status = excluded.status, at = excluded.at, rank = excluded.rank
    WHERE (excluded.at, excluded.rank) > (checks.at, checks.rank)');
$check = $event->object;
$upsert->execute([$check->check_id, $check->status, $event->timestamp, $rank]);
`,
  java: `
int rank = Map.of("created", 0, "succeeded", 2, "failed", 2).getOrDefault(event.action(), 1);
String upsert = "INSERT INTO checks (id, status, at, rank) VALUES (?, ?, ?, ?) "
    + "ON CONFLICT (id) DO UPDATE SET status = excluded.status, at = excluded.at, "
    + "rank = excluded.rank WHERE (excluded.at, excluded.rank) > (checks.at, checks.rank)";
// an older one changes nothing
update(db, upsert, check.id(), check.status(), Timestamp.from(event.timestamp()), rank);
`,
});
