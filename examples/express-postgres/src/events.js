/** Applies an event unless it was applied before: its key and its effect are one transaction. */
export const applyOnce = async (pool, event) => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    if (await isNew(client, event.id)) await apply(client, event);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
};

/** A copy at the same moment waits here until the first one has committed or failed. */
const isNew = async (client, id) => {
  const { rowCount } = await client.query(`INSERT INTO seen_events (id) VALUES ($1) ${orNothing}`, [
    id,
  ]);
  return rowCount === 1;
};

const apply = (client, { id, event_type: type, event_action: action, object }) =>
  client.query('INSERT INTO status_changes VALUES ($1, $2, $3, $4)', [
    id,
    type,
    action,
    JSON.stringify(object),
  ]);

/** The defect is a mistake, to see the contract fail: a key that is there already is an error. */
const orNothing = process.env.DEFECT === 'duplicates-refused' ? '' : 'ON CONFLICT DO NOTHING';
