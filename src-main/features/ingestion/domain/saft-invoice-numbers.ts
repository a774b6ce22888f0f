import type { StatementSink } from './statement-sink.ts';
import { NamedFaults } from './xml-ledger.ts';

/** PT and AO: internal code of the document type, blank, series, `/`, number within the series (Portaria 363/2010, as amended). */
const NUMBER = /^([^ ]+) ([^ /]+)\/(\d{1,15})$/;

/**
 * Follows the numbers of documents through their series: numbers that are missing between two others, numbers given
 * twice, and internal codes that number documents of several types. A series may begin in an earlier file, so that
 * nothing is said of the numbers before its first.
 */
export class SaftInvoiceNumbers {
  private readonly series = new Map<string, number[]>();
  private readonly others = new Set<string>();
  private readonly types = new Map<string, Set<string>>();
  private readonly repeated = new NamedFaults();

  add(number: string, type: string, row: number): void {
    if (number === '') return;
    const match = NUMBER.exec(number);
    if (match === null) {
      if (this.others.has(number)) this.repeated.add(number, row);
      this.others.add(number);
      return;
    }
    const [, code = '', series = '', ordinal] = match;
    const name = `${code} ${series}`;
    const numbers = this.series.get(name) ?? [];
    numbers.push(Number(ordinal));
    this.series.set(name, numbers);
    if (type === '') return;
    const types = this.types.get(code) ?? new Set();
    types.add(type);
    this.types.set(code, types);
  }

  warn(sink: StatementSink): void {
    const missing = new NamedFaults();
    for (const [name, numbers] of this.series) {
      numbers.sort((a, b) => a - b);
      for (let i = 1; i < numbers.length; i++) {
        const before = numbers[i - 1]!;
        const next = numbers[i]!;
        if (next === before) this.repeated.add(`${name}/${next}`, null);
        else if (next === before + 2) missing.add(`${name}/${before + 1}`, null);
        else if (next > before + 2) missing.add(`${name}/${before + 1} to ${name}/${next - 1}`, null);
      }
    }
    missing.warn(
      sink,
      'saft.number-gap',
      'Gaps in the numbering of documents, which must be continuous within a series',
    );
    this.repeated.warn(
      sink,
      'saft.repeated-number',
      'Document numbers that stand more than once; all documents were read',
    );
    const mixed = new NamedFaults();
    for (const [code, types] of this.types) if (types.size > 1) mixed.add(`${code} (${[...types].join(', ')})`, null);
    mixed.warn(
      sink,
      'saft.series-types',
      'Internal codes that number documents of several types, where each must belong to one',
    );
  }
}
