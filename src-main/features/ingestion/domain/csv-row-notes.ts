import type { StatementSink } from './statement-sink.ts';

interface Note {
  count: number;
  readonly row: number;
  readonly text: string;
}

/** Warnings that many rows share, told once each with their number. */
export class RowNotes {
  private readonly notes = new Map<string, Note>();

  note(code: string, row: number, text: string): void {
    const known = this.notes.get(code);
    if (known === undefined) this.notes.set(code, { count: 1, row, text });
    else known.count++;
  }

  send(sink: StatementSink): void {
    for (const [code, { count, row, text }] of this.notes)
      sink.warn({ row, code, message: `${text} (${count} ${count === 1 ? 'row' : 'rows'}, first here)` });
  }
}
