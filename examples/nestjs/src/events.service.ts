import { PGlite } from '@electric-sql/pglite';
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';

export interface TruoraEvent {
  readonly id: string;
  readonly event_type: string;
  readonly event_action: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/** What is made of events. The database is PostgreSQL within the process, kept in a folder. */
@Injectable()
export class EventsService implements OnModuleInit, OnApplicationShutdown {
  private readonly db = new PGlite(process.env['DATABASE'] ?? 'database');

  async onModuleInit(): Promise<void> {
    await this.db.exec(`
      CREATE TABLE IF NOT EXISTS seen_events (id text PRIMARY KEY);
      CREATE TABLE IF NOT EXISTS status_changes (event_id text, event_type text, event_action text);
    `);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.db.close();
  }

  /** Applies an event unless it was applied before: its key and its effect are one transaction. */
  async applyOnce({ id, event_type: type, event_action: action }: TruoraEvent): Promise<void> {
    await this.db.transaction(async (tx) => {
      const { affectedRows } = await tx.query(
        'INSERT INTO seen_events VALUES ($1) ON CONFLICT DO NOTHING',
        [id],
      );
      if (affectedRows === 1) {
        await tx.query('INSERT INTO status_changes VALUES ($1, $2, $3)', [id, type, action]);
      }
    });
  }

  async changesOf(id: string): Promise<readonly unknown[]> {
    const { rows } = await this.db.query('SELECT * FROM status_changes WHERE event_id = $1', [id]);
    return rows;
  }
}
