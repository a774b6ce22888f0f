import type { CodedColumn } from '../../../kernel/dictionary.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';
import { CaseTable } from '../../ingestion/domain/case-table.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { decodeUtf8 } from '../../ingestion/service/decode-utf8.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import { foldRecipe } from '../../standardization/domain/index.ts';
import type { Severity } from '../domain/forensic-test.ts';
import type { Hit, Units } from '../domain/risk/finding-hits.ts';
import type { Level } from '../domain/typologies/typology.ts';

/** Units of one level with what they are called; names are null where each row is a unit. */
export interface NamedUnits extends Units {
  readonly names: readonly string[] | null;
}

/** A case as scores and typologies see it: all its rows, the units they belong to, and the findings of one examination. */
export class ScoredCase {
  readonly rowCount: number;
  readonly hits: readonly Hit[];
  private readonly sources: readonly CaseSource[];
  private readonly merged: CaseTable;
  private readonly offsets: readonly number[];
  private readonly events: readonly RecipeEvent[];
  private readonly units = new Map<Level, NamedUnits>();

  constructor(store: ReadStore, sources: readonly CaseSource[], events: readonly RecipeEvent[], run: number) {
    this.sources = sources;
    this.events = events;
    this.merged = new CaseTable(sources, decodeUtf8);
    this.rowCount = this.merged.rowCount;
    this.offsets = this.merged.offsets();
    this.hits = this.hitsOf(store, run);
  }

  bookingDays(): Int32Array {
    return this.merged.days('bookingDay');
  }

  unitsOf(level: Level): NamedUnits {
    const known = this.units.get(level);
    if (known !== undefined) return known;
    const made = this.makeUnits(level);
    this.units.set(level, made);
    return made;
  }

  /** The id of a row in the store. */
  transactionId(row: number): number {
    let part = this.offsets.length - 1;
    while (part > 0 && row < this.offsets[part]!) part -= 1;
    return this.sources[part]!.firstTransactionId + row - this.offsets[part]!;
  }

  transactionIds(rows: Uint32Array): Float64Array {
    return Float64Array.from(rows, row => this.transactionId(row)).sort();
  }

  private makeUnits(level: Level): NamedUnits {
    const { rowCount } = this;
    if (level === 'transaction') return { count: rowCount, rowCount, unitOf: null, names: null };
    const { codes, values } = level === 'account' ? this.merged.accounts() : this.parties();
    return { count: values.length, rowCount, unitOf: codes, names: values };
  }

  /** Parties by the names that people gave them. */
  private parties(): CodedColumn {
    const { codes, values } = this.merged.coded('party');
    const { parties } = foldRecipe(this.events);
    const codeOf = new Map<string, number>();
    const names: string[] = [];
    const byOld = Int32Array.from(values, value => {
      const name = parties.nameOf(value);
      const known = codeOf.get(name);
      if (known !== undefined) return known;
      codeOf.set(name, names.push(name) - 1);
      return names.length - 1;
    });
    return { codes: codes.map(code => (code < 0 ? UNKNOWN_CODE : byOld[code]!)), values: names };
  }

  /** Findings with their rows as indexes into the case's; a row whose source was set aside since is left out. */
  private hitsOf(store: ReadStore, run: number): Hit[] {
    const parts = this.sources.map(({ firstTransactionId, columns }, part) => ({
      from: firstTransactionId,
      to: firstTransactionId + columns.count,
      shift: this.offsets[part]! - firstTransactionId,
    }));
    let last = parts[0];
    const rowOf = (id: number): number => {
      if (last === undefined || id < last.from || id >= last.to)
        last = parts.find(({ from, to }) => id >= from && id < to);
      return last === undefined ? -1 : id + last.shift;
    };
    const found = store.iterate(
      sql
        .selectFrom('findings')
        .select(['ordinal', 'test', 'severity', 'score', 'rows'])
        .where('run', '=', run)
        .orderBy('ordinal'),
    );
    return Array.from(found, ({ ordinal, test, severity, score, rows }): Hit => {
      const ids = new Float64Array(rows.slice().buffer);
      const indexes = new Uint32Array(ids.length);
      let count = 0;
      for (const id of ids) {
        const row = rowOf(id);
        if (row >= 0) indexes[count++] = row;
      }
      return { ordinal, test, severity: severity as Severity, score, rows: indexes.subarray(0, count).sort() };
    });
  }
}
