CREATE TABLE IF NOT EXISTS seen_events (
  id text PRIMARY KEY,
  seen_at timestamptz NOT NULL DEFAULT now()
);

-- What your service makes of the events; here, a row for each change that Truora tells of.
CREATE TABLE IF NOT EXISTS status_changes (
  event_id text NOT NULL,
  event_type text NOT NULL,
  event_action text NOT NULL,
  object json NOT NULL
);
