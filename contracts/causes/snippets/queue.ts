import { snippets } from './snippet.js';

/** PostgreSQL: a durable inbox takes the events, a worker does the slow work. */
export const queue = snippets({
  node: `
// In the handler: CREATE TABLE inbox (id text PRIMARY KEY, event jsonb, done boolean DEFAULT false)
const put = 'INSERT INTO inbox (id, event) VALUES ($1, $2) ON CONFLICT DO NOTHING';
for (const event of claims.events) await db.query(put, [event.id, JSON.stringify(event)]);
res.sendStatus(200);

// In a worker, in the transaction that does the work and sets done
const take = 'SELECT id, event FROM inbox WHERE NOT done LIMIT 1 FOR UPDATE SKIP LOCKED';
const [next] = (await db.query(take)).rows;
`,
  python: `
# In the handler: CREATE TABLE inbox (id text PRIMARY KEY, event jsonb, done boolean DEFAULT false)
put = "INSERT INTO inbox (id, event) VALUES (%s, %s) ON CONFLICT DO NOTHING"
with db.transaction(), db.cursor() as cursor:
    cursor.executemany(put, [(event["id"], json.dumps(event)) for event in claims["events"]])
return "", 200

# In a worker, in the transaction that does the work and sets done
take = "SELECT id, event FROM inbox WHERE NOT done LIMIT 1 FOR UPDATE SKIP LOCKED"
row = db.execute(take).fetchone()
`,
  go: `
// In the handler: CREATE TABLE inbox (id text PRIMARY KEY, event jsonb, done boolean DEFAULT false)
const put = "INSERT INTO inbox (id, event) VALUES ($1, $2) ON CONFLICT DO NOTHING"
for _, event := range claims.Events {
	if _, err := tx.ExecContext(ctx, put, event.ID, event.JSON); err != nil {
		return err
	}
}
return tx.Commit() // then answer 200
// In a worker: SELECT id, event FROM inbox WHERE NOT done LIMIT 1 FOR UPDATE SKIP LOCKED
`,
  php: `
// In the handler: CREATE TABLE inbox (id text PRIMARY KEY, event jsonb, done boolean DEFAULT false)
$put = $db->prepare('INSERT INTO inbox (id, event) VALUES (?, ?) ON CONFLICT DO NOTHING');
foreach ($claims->events as $event) {
    $put->execute([$event->id, json_encode($event)]);
}
http_response_code(200);

// In a worker, in the transaction that does the work and sets done
$take = 'SELECT id, event FROM inbox WHERE NOT done LIMIT 1 FOR UPDATE SKIP LOCKED';
`,
  java: `
// In the handler: CREATE TABLE inbox (id text PRIMARY KEY, event jsonb, done boolean DEFAULT false)
String put = "INSERT INTO inbox (id, event) VALUES (?, ?::jsonb) ON CONFLICT DO NOTHING";
for (Event event : events) {
    update(db, put, event.id(), event.json());
}
db.commit();
response.setStatus(200);
// In a worker: SELECT id, event FROM inbox WHERE NOT done LIMIT 1 FOR UPDATE SKIP LOCKED
`,
});
