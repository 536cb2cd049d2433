/** How many rows there are, kept as they come and change: counting a full store takes too long. */

const STATUSES = ['waiting', 'held', 'delivered', 'exhausted', 'dropped'];

const countingOf = (name: string, changes: string): string => {
  const sums = STATUSES.map(
    (status) => `coalesce(sum(sign) FILTER (WHERE status = '${status}'), 0) AS ${status}`,
  );
  return `CREATE FUNCTION hookproof.${name}() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM hookproof.count_in(0, ${STATUSES.join(', ')})
    FROM (SELECT ${sums.join(', ')} FROM (${changes}) AS changes) AS sums
    WHERE (${STATUSES.join(', ')}) <> (${STATUSES.map(() => 0).join(', ')});
    RETURN NULL;
  END $$`;
};

/**
 * Several rows, whose sum is the count: a transaction adds to one that no other has, so nobody waits
 * for anybody, and there are as many as ever were added to at the same instant. Only the key has an
 * index, so that a row stays in its page however often it is written.
 */
export const counts = [
  `CREATE TABLE hookproof.counts (
    place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    events bigint NOT NULL,
    ${STATUSES.map((status) => `${status} bigint NOT NULL`).join(', ')}
  )`,
  `CREATE FUNCTION hookproof.count_in(bigint, bigint, bigint, bigint, bigint, bigint)
  RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE hookproof.counts c SET events = events + $1, waiting = waiting + $2, held = held + $3,
      delivered = delivered + $4, exhausted = exhausted + $5, dropped = dropped + $6
    WHERE place = (
      SELECT free.place FROM hookproof.counts AS free ORDER BY free.place
      LIMIT 1 FOR UPDATE SKIP LOCKED);
    IF NOT FOUND THEN
      INSERT INTO hookproof.counts (events, ${STATUSES.join(', ')})
      VALUES ($1, $2, $3, $4, $5, $6);
    END IF;
  END $$`,
  `CREATE FUNCTION hookproof.count_events() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM hookproof.count_in((SELECT count(*) FROM added), 0, 0, 0, 0, 0);
    RETURN NULL;
  END $$`,
  countingOf('count_deliveries', 'SELECT status, 1 AS sign FROM added'),
  countingOf(
    'recount_deliveries',
    'SELECT status, 1 AS sign FROM changed UNION ALL SELECT status, -1 FROM before',
  ),
  // From here on nothing is written until this is through, so that what is there is counted once.
  `CREATE TRIGGER counted AFTER INSERT ON hookproof.events
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION hookproof.count_events()`,
  `CREATE TRIGGER counted AFTER INSERT ON hookproof.deliveries
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION hookproof.count_deliveries()`,
  `CREATE TRIGGER recounted AFTER UPDATE ON hookproof.deliveries
    REFERENCING OLD TABLE AS before NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION hookproof.recount_deliveries()`,
  `INSERT INTO hookproof.counts (events, ${STATUSES.join(', ')})
    SELECT (SELECT count(*) FROM hookproof.events),
      ${STATUSES.map((status) => `count(*) FILTER (WHERE status = '${status}')`).join(', ')}
    FROM hookproof.deliveries`,
];
