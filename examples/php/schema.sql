CREATE TABLE IF NOT EXISTS seen (key text PRIMARY KEY);
CREATE TABLE IF NOT EXISTS records (key text, event text);
CREATE INDEX IF NOT EXISTS records_key ON records (key);
