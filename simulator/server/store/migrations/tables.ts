/** The tables as they were first made. What changed since is in the files beside this one. */
export const tables = `
CREATE SEQUENCE hookproof.ledger;
CREATE SEQUENCE hookproof.draws;

CREATE TABLE hookproof.settings (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  policy json NOT NULL,
  clock text NOT NULL,
  clock_ms bigint,
  -- A known text under the secret, so that a wrong one shows at once.
  proof text
);

CREATE TABLE hookproof.hooks (
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  id text PRIMARY KEY,
  event_type text NOT NULL,
  actions text[] NOT NULL,
  subscriber_type text NOT NULL,
  subscriber_url text,
  subscriber_address text,
  subscriber_name text NOT NULL,
  subscriber_language text NOT NULL,
  status text NOT NULL,
  creator_address text NOT NULL,
  owner_address text NOT NULL,
  created_ms bigint NOT NULL,
  updated_ms bigint NOT NULL,
  disabled_ms bigint,
  disabled_reason text,
  disabled_times integer NOT NULL DEFAULT 0,
  removed_ms bigint,
  fault json,
  concurrency integer,
  ordered boolean NOT NULL,
  signing_key text NOT NULL,
  -- The window: what it holds, from which instant on, and what is the latest in it.
  window_failed integer NOT NULL DEFAULT 0,
  window_total integer NOT NULL DEFAULT 0,
  window_from_ms bigint NOT NULL DEFAULT 0,
  window_last_ms bigint NOT NULL DEFAULT 0,
  -- Where tumbling windows are laid from; null while nothing was counted.
  window_first_ms bigint,
  -- Attempts up to this one do not count any more.
  window_after bigint NOT NULL DEFAULT 0,
  attempts_ok bigint NOT NULL DEFAULT 0,
  attempts_failed bigint NOT NULL DEFAULT 0
);

CREATE TABLE hookproof.events (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL UNIQUE,
  idempotency_key text NOT NULL UNIQUE,
  product text NOT NULL,
  name text NOT NULL,
  event_type text NOT NULL,
  event_action text NOT NULL,
  resource_id text NOT NULL,
  version text NOT NULL,
  timestamp text NOT NULL,
  object json NOT NULL,
  created_ms bigint NOT NULL,
  updated_ms bigint NOT NULL,
  delivery_status text NOT NULL DEFAULT 'pending',
  delivery_attempts integer NOT NULL DEFAULT 0
);
CREATE INDEX ON hookproof.events (resource_id text_pattern_ops, sequence DESC);
CREATE INDEX ON hookproof.events (id text_pattern_ops);
CREATE INDEX ON hookproof.events (idempotency_key text_pattern_ops);
CREATE INDEX ON hookproof.events (name, sequence DESC);
CREATE INDEX ON hookproof.events (event_type, sequence DESC);
CREATE INDEX ON hookproof.events (delivery_status, sequence DESC);

CREATE TABLE hookproof.resources (
  id text PRIMARY KEY,
  product text NOT NULL,
  made json NOT NULL,
  override_status text,
  updated_ms bigint NOT NULL
);

CREATE TABLE hookproof.deliveries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hook_id text NOT NULL,
  event_ids text[] NOT NULL,
  status text NOT NULL,
  resend boolean NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  created_ms bigint NOT NULL,
  due_ms bigint,
  -- The job that stands for the next attempt; null while it waits behind others.
  job_id uuid,
  in_air boolean NOT NULL DEFAULT false,
  first_started_ms bigint,
  last_started_ms bigint,
  last_ended_ms bigint
);
CREATE INDEX ON hookproof.deliveries (hook_id, due_ms, id) WHERE status IN ('waiting', 'held');
CREATE INDEX ON hookproof.deliveries (due_ms)
  WHERE status = 'waiting' AND NOT in_air AND job_id IS NOT NULL;
CREATE INDEX ON hookproof.deliveries (hook_id, status);

CREATE TABLE hookproof.carried (
  event_id text NOT NULL,
  delivery_id bigint NOT NULL,
  PRIMARY KEY (event_id, delivery_id)
);

CREATE TABLE hookproof.attempts (
  sequence bigint PRIMARY KEY,
  delivery_id bigint NOT NULL,
  hook_id text NOT NULL,
  event_ids text[] NOT NULL,
  attempt integer NOT NULL,
  resend boolean NOT NULL,
  started_ms bigint NOT NULL,
  ended_ms bigint NOT NULL,
  -- Where it stands in the window: with the one before it, if it was reported late.
  counted_ms bigint,
  latency_ms double precision NOT NULL,
  outcome json NOT NULL,
  failed boolean NOT NULL,
  window_failed integer NOT NULL,
  window_total integer NOT NULL,
  headroom integer,
  next text NOT NULL,
  retry_at_ms bigint,
  request json NOT NULL,
  response json
);
CREATE INDEX ON hookproof.attempts (delivery_id);
CREATE INDEX ON hookproof.attempts (hook_id, sequence);
CREATE INDEX ON hookproof.attempts (hook_id, counted_ms) INCLUDE (failed, sequence)
  WHERE counted_ms IS NOT NULL;

-- Where events are counted: each by its latest attempt in the window.
CREATE TABLE hookproof.counted_events (
  hook_id text NOT NULL,
  event_id text NOT NULL,
  counted_ms bigint NOT NULL,
  failed boolean NOT NULL,
  PRIMARY KEY (hook_id, event_id)
);
CREATE INDEX ON hookproof.counted_events (hook_id, counted_ms);

CREATE TABLE hookproof.incidents (
  sequence bigint PRIMARY KEY,
  hook_id text NOT NULL,
  at_ms bigint NOT NULL,
  kind text NOT NULL,
  reason text,
  window_failed integer,
  window_total integer,
  recipients text[] NOT NULL DEFAULT '{}',
  event_ids text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX ON hookproof.incidents (hook_id, sequence);

CREATE TABLE hookproof.mails (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- What it is about, so that nobody is told twice.
  key text NOT NULL UNIQUE,
  kind text NOT NULL,
  hook_id text NOT NULL,
  role text NOT NULL,
  recipient text NOT NULL,
  language text NOT NULL,
  subject text NOT NULL,
  text text NOT NULL,
  html text NOT NULL,
  created_ms bigint NOT NULL,
  sent_ms bigint,
  error text
);
CREATE INDEX ON hookproof.mails (id) WHERE sent_ms IS NULL;

CREATE TABLE hookproof.coming (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at_ms bigint NOT NULL,
  name text NOT NULL,
  happening json NOT NULL
);
CREATE INDEX ON hookproof.coming (at_ms, id);
`;
