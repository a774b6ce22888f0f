import { NexusError } from '../../../contract/errors.ts';
import { type CodedColumn, UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import { gunzip, isGzip, SourceFile } from '../../../platform/source-file.ts';
import type { TaskChannel } from '../../../platform/worker-task.ts';
import { findColumn } from '../../ingestion/domain/csv-column-names.ts';
import { FileRefused } from '../../ingestion/domain/statement-sink.ts';
import type { LinkageColumn, LinkedPair, LinkedRecords } from '../domain/index.ts';
import { linkRecords } from '../domain/index.ts';
import { type LinkageParameters, linkageParameters } from './linkage-parameters.ts';
import { type TextTable, TextTableReader } from './text-table.ts';

export interface LinkTablesTask {
  readonly task: 'link-tables';
  /** One table, or two that are linked across. */
  readonly tables: readonly { readonly path: string; readonly name: string }[];
  readonly id: string | null;
  /** Columns to compare; null: all but the id. */
  readonly fields: readonly string[] | null;
  readonly parameters: Readonly<Record<string, string>>;
}

const usage = (code: string, message: string): NexusError => new NexusError({ code, category: 'usage', message });

const readTable = async (
  { path, name }: LinkTablesTask['tables'][number],
  layout: Readonly<Record<string, string>>,
  wanted: readonly string[],
): Promise<TextTable> => {
  const file = new SourceFile(path, name);
  try {
    const reader = new TextTableReader(layout, wanted);
    const chunks = file.chunks();
    const first = chunks.next().value as Buffer;
    const original = (function* (): Generator<Buffer> {
      yield first;
      yield* chunks;
    })();
    for await (const chunk of isGzip(first) ? gunzip(original, name) : original) reader.write(chunk);
    return reader.end();
  } catch (error) {
    throw refusal(name, error);
  } finally {
    file.close();
  }
};

/** A column or setting that is not there is a wrong call, not a bad file. */
const refusal = (name: string, error: unknown): unknown => {
  if (!(error instanceof FileRefused)) return error;
  const { code, row, candidates } = error;
  return new NexusError({
    code,
    category: code === 'dialect.unknown' ? 'usage' : 'input',
    message: `${name}: ${error.message}`,
    file: name,
    ...(row === null ? {} : { row }),
    ...(candidates === null ? {} : { candidates }),
  });
};

const columnIn = (table: TextTable, name: string, key: string, wanted: string): number => {
  try {
    return findColumn(key, wanted, table.names, table.names.length);
  } catch (error) {
    throw refusal(name, error);
  }
};

/** The columns to compare: for each table their places. */
const comparedColumns = (task: LinkTablesTask, tables: readonly TextTable[]): { name: string; places: number[] }[] => {
  const placesOf = (key: string, wanted: string): number[] =>
    tables.map((table, i) => columnIn(table, task.tables[i]!.name, key, wanted));
  if (task.fields !== null) {
    if (task.fields.length === 0) throw usage('linkage.fields', 'Name at least one column to compare.');
    return task.fields.map(wanted => {
      const places = placesOf('fields', wanted);
      return { name: tables[0]!.names[places[0]!]!, places };
    });
  }
  const ids = task.id === null ? null : placesOf('id', task.id);
  const [first, second] = tables;
  const folded = second?.names.map(name => name.trim().toLowerCase());
  const found = first!.names.flatMap((name, place) => {
    if (ids !== null && ids[0] === place) return [];
    if (folded === undefined) return [{ name, places: [place] }];
    const other = folded.indexOf(name.trim().toLowerCase());
    return other < 0 || other === ids?.[1] ? [] : [{ name, places: [place, other] }];
  });
  if (found.length === 0)
    throw usage(
      'linkage.fields',
      second === undefined
        ? 'The table has no column to compare beside the id.'
        : 'The two tables have no column name in common: give both the same header, or name columns with --fields.',
    );
  return found;
};

/** Columns of one or two tables, one below the other. */
const stacked = (columns: readonly CodedColumn[]): CodedColumn => {
  if (columns.length === 1) return columns[0]!;
  const values: string[] = [];
  const codes = new Int32Array(columns.reduce((sum, column) => sum + column.codes.length, 0));
  let row = 0;
  for (const column of columns) {
    const offset = values.length;
    for (const code of column.codes) codes[row++] = code < 0 ? UNKNOWN_CODE : code + offset;
    for (const value of column.values) values.push(value);
  }
  return { codes, values };
};

/** What rows are called: the id column's value, else the row's number in its file. */
const rowNames = (task: LinkTablesTask, tables: readonly TextTable[]): (string | number)[] =>
  tables.flatMap((table, i) => {
    const { id } = task;
    const column = id === null ? null : table.columns[columnIn(table, task.tables[i]!.name, 'id', id)]!;
    return Array.from(table.rowNumber, (number, row) => {
      const code = column === null ? UNKNOWN_CODE : column.codes[row]!;
      return code < 0 ? number : column!.values[code]!;
    });
  });

/** Links the rows of a table, or of two tables across. Throws NexusError for an unreadable file, column or setting. */
export const linkTables = async (task: LinkTablesTask, channel: TaskChannel) => {
  const parameters = linkageParameters(task.parameters);
  const tables: TextTable[] = [];
  for (const table of task.tables) {
    channel.send({ stage: 'reading', done: tables.length, total: task.tables.length });
    tables.push(await readTable(table, parameters.layout, task.fields ?? []));
  }
  const names = rowNames(task, tables);
  const compared = comparedColumns(task, tables);
  for (const kind of parameters.kinds.keys())
    if (!compared.some(({ name }) => name.toLowerCase() === kind))
      throw usage('linkage.parameter', `kind.${kind}: no such column is compared.`);
  const fields: LinkageColumn[] = compared.map(({ name, places }) => {
    const kind = parameters.kinds.get(name.toLowerCase());
    const column = stacked(tables.map((table, i) => table.columns[places[i]!]!));
    return { name, column, ...(kind === undefined ? {} : { kind }) };
  });
  const firstRows = tables[0]!.rowCount;
  const linked = linkRecords(
    {
      rowCount: names.length,
      fields,
      ids: task.id === null ? null : names.map(String),
      side: tables.length === 1 ? null : Uint8Array.from(names, (_, row) => (row < firstRows ? 0 : 1)),
    },
    parameters.settings,
    (stage, done, total) => channel.send({ stage, done, total }),
  );
  return answerOf(linked, names, tables, parameters);
};

const answerOf = (
  linked: LinkedRecords,
  names: readonly (string | number)[],
  tables: readonly TextTable[],
  { explain }: LinkageParameters,
) => {
  const pairOf = ({ a, b, score, weight }: LinkedPair) => ({ a: names[a]!, b: names[b]!, score, weight });
  const notes = [...linked.model.limits];
  if (linked.unlisted > 0)
    notes.push(
      `${linked.unlisted} pairs of rows with equal values are not listed one by one; the clusters hold their rows.`,
    );
  const tooLong = tables.reduce((sum, table) => sum + table.tooLong, 0);
  if (tooLong > 0) notes.push(`${tooLong} records are longer than 1 MiB and were left out.`);
  const overfull = tables.reduce((sum, table) => sum + table.overfull, 0);
  if (overfull > 0)
    notes.push(`${overfull} rows have more cells than there are columns; the cells beyond were not compared.`);
  const doubled = tables.length === 1 ? names.length - new Set(names).size : 0;
  if (doubled > 0)
    notes.push(`${doubled} rows have an id that an earlier row has too: an id may stand for several rows.`);
  return {
    rows: linked.rows,
    pairs: linked.pairs.map(pair => {
      if (!explain) return pairOf(pair);
      const { prior, contributions } = linked.explain(pair.a, pair.b);
      return { ...pairOf(pair), prior, contributions: [...contributions] };
    }),
    clusters: linked.clusters.map(cluster => cluster.map(row => names[row]!)),
    competing: linked.competing.map(pairOf),
    model: { ...linked.model, limits: notes },
    explained: explainedClusters(linked, names),
  };
};

/** Clusters that are explained for people, largest first. */
const MOST_EXPLAINED = 40;

/** Each with the evidence of its weakest link to the cluster's first row: what a doubter would ask about. */
const explainedClusters = (linked: LinkedRecords, names: readonly (string | number)[]) =>
  [...linked.clusters]
    .sort((a, b) => b.length - a.length || a[0]! - b[0]!)
    .slice(0, MOST_EXPLAINED)
    .map(cluster => {
      const [first, ...others] = cluster;
      const weakest = others
        .slice(0, MOST_EXPLAINED)
        .map(row => ({ row, evidence: linked.explain(first!, row) }))
        .reduce((least, next) => (next.evidence.weight < least.evidence.weight ? next : least));
      return {
        size: cluster.length,
        ids: cluster.slice(0, 10).map(row => names[row]!),
        a: names[first!]!,
        b: names[weakest.row]!,
        score: weakest.evidence.score,
        prior: weakest.evidence.prior,
        weight: weakest.evidence.weight,
        contributions: [...weakest.evidence.contributions],
      };
    });
