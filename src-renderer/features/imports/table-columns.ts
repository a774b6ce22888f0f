import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { dialectList } from '../../components/dialect-entries.ts';

type Preview = ChannelAnswer<'imports.preview'>;

/** A column of the previewed table with what it is taken for. */
export interface TableColumn {
  /** 0-based. */
  readonly index: number;
  /** Empty where the header has none. */
  readonly name: string;
  /** What to state to mean it: its name where that is its alone, else its 1-based number. */
  readonly answer: string;
  readonly role: string | null;
  /** 0 to 1; null where the reader says none. */
  readonly confidence: number | null;
  readonly reason: string;
  readonly samples: readonly string[];
  readonly alternatives: readonly {
    readonly role: string;
    readonly confidence: number;
    readonly reason: string;
  }[];
}

const answersOf = (names: readonly string[]): readonly string[] =>
  names.map((name, index) =>
    name === '' || names.indexOf(name) !== names.lastIndexOf(name) ? String(index + 1) : name,
  );

const proposedColumns = (columns: NonNullable<Preview['mapping']>['columns']): readonly TableColumn[] => {
  // The engine calls a column without a name by its number.
  const names = columns.map(({ index, name }) => (name === `column ${index + 1}` ? '' : name));
  const answers = answersOf(names);
  return columns.map((column, place) => ({ ...column, name: names[place] ?? '', answer: answers[place] ?? '' }));
};

/** Column places of one described choice (`Text + Zweck`): a single name may hold a plus. */
const placesOf = (described: string, answers: readonly string[]): readonly number[] => {
  const whole = answers.indexOf(described);
  return whole >= 0 ? [whole] : described.split(' + ').map(part => answers.indexOf(part));
};

const numberIn = (value: unknown, name: string): number | null => {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === 'number' ? found : null;
};

/** A workbook's table comes without a proposal of its own; how it was read says the same but for alternatives. */
const describedColumns = (dialect: Preview['file']['dialect']): readonly TableColumn[] => {
  const header = Array.isArray(dialect.header) ? dialect.header.map(name => String(name ?? '')) : [];
  const answers = answersOf(header);
  const reasons = dialectList(dialect, 'reasons');
  const roleAt = new Map<number, string>();
  for (const column of dialectList(dialect, 'columns')) {
    const colon = column.indexOf(': ');
    for (const place of placesOf(column.slice(colon + 2), answers)) roleAt.set(place, column.slice(0, colon));
  }
  return header.map((name, index) => {
    const role = roleAt.get(index) ?? null;
    return {
      index,
      name,
      answer: answers[index] ?? '',
      role,
      confidence: role === null ? null : numberIn(dialect.confidence, role),
      reason:
        reasons.find(reason => role !== null && reason.startsWith(`${role}: `))?.slice((role ?? '').length + 2) ?? '',
      samples: [],
      alternatives: [],
    };
  });
};

/** The columns of the table that a preview shows; [] for a file that is no table. */
export const tableColumns = ({ mapping, file }: Preview): readonly TableColumn[] =>
  mapping == null ? describedColumns(file.dialect) : proposedColumns(mapping.columns);
