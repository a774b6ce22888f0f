import { type FecSeparator, fecColumnName, fecSeparatorOf } from './fec-signature.ts';
import { FileRefused } from './statement-sink.ts';

/** Fields of LPF art. A47 A-1, VII and VIII, by the name their column is compared under. */
const FIELDS = {
  journalCode: 'journalcode',
  journalName: 'journallib',
  entryNumber: 'ecriturenum',
  entryDate: 'ecrituredate',
  account: 'comptenum',
  accountName: 'comptelib',
  auxiliary: 'compauxnum',
  auxiliaryName: 'compauxlib',
  documentReference: 'pieceref',
  text: 'ecriturelib',
  debit: 'debit',
  credit: 'credit',
  amount: 'montant',
  side: 'sens',
  foreignAmount: 'montantdevise',
  foreignCurrency: 'idevise',
  validationDate: 'validdate',
  /** Cash accounting (BA and BNC on trésorerie): day of payment, kind of operation. */
  paymentDate: 'daterglt',
  operation: 'natop',
} as const;
type FecField = keyof typeof FIELDS;

/** Columns a line cannot do without, whatever the variant. */
const REQUIRED: readonly FecField[] = ['journalCode', 'entryDate', 'account'];

/** A line of the file by field. A field whose column is not there, or is empty, is ''. */
export type FecLine = Readonly<Record<FecField, string>>;

/** Where each field stands, as the first line says. The order is the law's in most files, but it is not relied on. */
export class FecColumns {
  readonly separator: FecSeparator;
  readonly variant: 'debit-credit' | 'montant-sens';
  /** Names of the columns as written, without the empty one after a closing separator. */
  readonly names: readonly string[];
  /** Each field with the index of its column, -1 where there is none. */
  private readonly indexes: readonly (readonly [field: FecField, at: number])[];
  /** Cells that a line must have before one that may be missing: everything up to and including the amounts. */
  private readonly needed: number;

  constructor(header: string) {
    const separator = fecSeparatorOf(header);
    if (separator === null)
      throw new FileRefused(
        'fec.header',
        'The first line does not name the columns of a FEC (JournalCode, EcritureDate, CompteNum and Debit, Credit or Montant, Sens). Ask for the file as LPF art. A47 A-1 defines it.',
        1,
      );
    this.separator = separator;
    const cells = header.split(separator).map(cell => cell.replace(/"/g, '').trim());
    while (cells.at(-1) === '') cells.pop();
    this.names = cells;
    const indexes = new Map<FecField, number>();
    for (const [field, name] of Object.entries(FIELDS) as [FecField, string][]) {
      const at = cells.findIndex(cell => fecColumnName(cell) === name);
      if (at >= 0) indexes.set(field, at);
      if (at >= 0 && cells.findLastIndex(cell => fecColumnName(cell) === name) !== at)
        throw new FileRefused('fec.header', `The column ${cells[at]} is named twice in the first line.`, 1);
    }
    this.indexes = (Object.keys(FIELDS) as FecField[]).map(field => [field, indexes.get(field) ?? -1]);
    this.variant = indexes.has('debit') && indexes.has('credit') ? 'debit-credit' : 'montant-sens';
    const amounts: FecField[] = this.variant === 'debit-credit' ? ['debit', 'credit'] : ['amount', 'side'];
    this.needed = 1 + Math.max(...[...REQUIRED, ...amounts].map(field => indexes.get(field) ?? 0));
  }

  /** The line's fields, or the reason why its cells cannot be told apart. */
  read(text: string): { readonly line: FecLine; readonly short: boolean } | { readonly reason: string } {
    const cells = text.split(this.separator);
    const count = this.names.length;
    if (cells.length > count && cells.slice(count).some(cell => cell.trim() !== ''))
      return {
        reason: `the line has ${cells.length} columns and the first line names ${count}: a separator in a text`,
      };
    // The last cell of a short line may have been cut.
    if (cells.length < count && cells.length <= this.needed)
      return { reason: `the line has ${cells.length} columns of ${count}: it is incomplete` };
    const line = {} as Record<FecField, string>;
    for (const [field, at] of this.indexes) line[field] = at < 0 ? '' : unquoted(cells[at] ?? '');
    return { line, short: cells.length < count };
  }
}

/** A cell without padding, and without the quotes that spreadsheets put around it. */
const unquoted = (cell: string): string => {
  const text = cell.trim();
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  const inner = text.slice(1, -1);
  return /^(?:[^"]|"")*$/.test(inner) ? inner.replaceAll('""', '"').trim() : text;
};
