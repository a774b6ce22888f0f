import type { Statement as BetterSqlite3Statement } from 'better-sqlite3';
import type { CompiledQuery } from 'kysely';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { Connection } from './database.ts';
import type { Schema } from './schema.ts';

/**
 * Kysely writes the SQL and its types; better-sqlite3 runs it synchronously, so that a unit of work is one function
 * that nothing can interleave with (docs/adr/0004).
 */
export const sql = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: db => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

type Statement = BetterSqlite3Statement<unknown[]>;

interface Compilable<O> {
  compile(): CompiledQuery<O>;
}

/** Reads of one connection. */
export class ReadStore {
  readonly connection: Connection;
  private readonly statements = new Map<string, Statement>();
  constructor(connection: Connection) {
    this.connection = connection;
  }
  all<O>(query: Compilable<O>): O[] {
    const { sql: text, parameters } = query.compile();
    return this.statement(text).all(...parameters) as O[];
  }
  first<O>(query: Compilable<O>): O | undefined {
    const { sql: text, parameters } = query.compile();
    return this.statement(text).get(...parameters) as O | undefined;
  }
  iterate<O>(query: Compilable<O>): IterableIterator<O> {
    const { sql: text, parameters } = query.compile();
    return this.connection.prepare<unknown[]>(text).iterate(...parameters) as IterableIterator<O>;
  }
  protected statement(text: string): Statement {
    let statement = this.statements.get(text);
    if (statement === undefined) {
      statement = this.connection.prepare(text);
      this.statements.set(text, statement);
    }
    return statement;
  }
}

/** Reads and writes: only the engine has one. */
export class WriteStore extends ReadStore {
  private readonly settled: ((committed: boolean) => void)[] = [];
  run(query: Compilable<unknown>): number {
    const { sql: text, parameters } = query.compile();
    return this.statement(text).run(...parameters).changes;
  }
  /** A unit of work: all of it commits, or, when it throws, none. May not be nested. */
  transaction<T>(work: () => T): T {
    let committed = false;
    try {
      const value = this.connection.transaction(work).immediate();
      committed = true;
      return value;
    } finally {
      if (!this.connection.inTransaction) for (const listener of this.settled) listener(committed);
    }
  }
  /** Tells when a unit of work has ended: true when it is durable, false when nothing of it remains. The listener may not throw. */
  onSettled(listener: (committed: boolean) => void): void {
    this.settled.push(listener);
  }
}
