import type { Rational } from './plaintext-rational.ts';

export type DecimalMark = '.' | ',';

/** A number of a journal, exactly, and the decimals it is written with. Prices may have more digits than amounts can. */
interface JournalNumber {
  readonly value: Rational;
  readonly scale: number;
}
/** Digits beyond which a number is none of a ledger. */
const MAX_DIGITS = 60;

/** What a number's own text says of its decimal mark. */
type MarkEvidence = DecimalMark | 'none' | 'ambiguous-point' | 'ambiguous-comma';

/** Digits with their marks as they stand in journals: `1,000.00`, `1.000,00`, `1 000.00`, `1'000.00`, `1E3`. */
export const NUMBER =
  /(?:\d+(?:[ \u00a0\u202f](?=\d{3}(?!\d))\d{3})+(?:[.,]\d*)?|\d[\d.,']*|[.,]\d+)(?:[eE][+-]?\d{1,2}(?![\p{L}\d]))?/uy;

/**
 * What a number shows of its decimal mark. Two different marks: the last is decimal. One mark twice: it groups. One
 * mark once: decimal, unless it stands where a group of three could be cut off, then it is ambiguous.
 */
const markEvidence = (text: string): MarkEvidence => {
  const marks = text.replace(/[eE].*$/, '').replace(/[^.,]/g, '');
  if (marks === '') return 'none';
  const last = marks.at(-1) as DecimalMark;
  const other: DecimalMark = last === '.' ? ',' : '.';
  if (marks.length === 1) {
    if (/[ '\u00a0\u202f]/.test(text)) return last;
    if (!/^[1-9]\d{0,2}[.,]\d{3}$/.test(text)) return last;
    return last === '.' ? 'ambiguous-point' : 'ambiguous-comma';
  }
  return marks.includes(other) ? last : other;
};

/** The number with a known decimal mark; null where the text does not fit that mark, or has too many digits. */
export const numberWith = (text: string, mark: DecimalMark): JournalNumber | null => {
  const match = /^([^eE]*)(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return null;
  const [whole = '', fraction, ...more] = match[1]!.split(mark);
  if (more.length > 0 || (fraction !== undefined && !/^\d*$/.test(fraction))) return null;
  const groups = whole.split(/[.,' \u00a0\u202f]/);
  // Groups of three, or of two before a last one of three as in India.
  if (
    groups.length > 1 &&
    !(/^\d{1,3}$/.test(groups[0]!) && groups.slice(1, -1).every(isGroup) && /^\d{3}$/.test(groups.at(-1)!))
  )
    return null;
  const exponent = Number(match[2] ?? 0);
  return shifted(groups.join(''), fraction ?? '', exponent);
};

const isGroup = (group: string): boolean => /^\d{2,3}$/.test(group);

/** whole.fraction × 10^exponent. */
const shifted = (whole: string, fraction: string, exponent: number): JournalNumber | null => {
  const digits = `${whole}${fraction}`;
  if (digits === '' || digits.length > MAX_DIGITS) return null;
  const scale = fraction.length - exponent;
  const n = BigInt(digits);
  return scale >= 0
    ? { value: { n, d: 10n ** BigInt(scale) }, scale }
    : { value: { n: n * 10n ** BigInt(-scale), d: 1n }, scale: 0 };
};

/** Gathers what the numbers and directives of a journal say of decimal marks, by commodity and as a whole. */
export class DecimalMarks {
  private readonly declared = new Map<string, DecimalMark>();
  private readonly seen = new Map<string, Set<DecimalMark>>();
  private readonly seenAnywhere = new Set<DecimalMark>();
  private readonly answer: DecimalMark | null;
  private general: DecimalMark | null = null;

  /** `answer` is the examiner's, null where none was asked. */
  constructor(answer: DecimalMark | null) {
    this.answer = answer;
  }

  /** A `decimal-mark` directive. */
  declareAll(mark: DecimalMark): void {
    this.general = mark;
  }

  /** The sample amount of a `commodity` or `D` directive; `1,000` declares nothing, for programs read it differently. */
  declare(commodity: string, sample: string): void {
    const evidence = markEvidence(sample);
    if (evidence === '.' || evidence === ',') this.declared.set(commodity, evidence);
  }

  observe(commodity: string, text: string): void {
    const evidence = markEvidence(text);
    if (evidence !== '.' && evidence !== ',') return;
    this.seenAnywhere.add(evidence);
    const known = this.seen.get(commodity);
    if (known) known.add(evidence);
    else this.seen.set(commodity, new Set([evidence]));
  }

  /**
   * The number's value; `ambiguous` where no directive and no other number tells grouping from decimals, null where the
   * text is no number. A lone point is decimal unless the journal shows a decimal comma, as all programs have it.
   */
  value(commodity: string, text: string): JournalNumber | 'ambiguous' | null {
    const evidence = markEvidence(text);
    const declared = this.declared.get(commodity) ?? this.general ?? this.answer;
    if (evidence === 'none') return numberWith(text, declared ?? '.');
    if (declared !== null) {
      const value = numberWith(text, declared);
      // A number that cannot be written with the declared mark has its own: 12,50 under `commodity 1.00 X`.
      if (value !== null || evidence === 'ambiguous-point' || evidence === 'ambiguous-comma') return value;
    }
    if (evidence === '.' || evidence === ',') return numberWith(text, evidence);
    const own = this.seen.get(commodity);
    const known = own ?? this.seenAnywhere;
    if (known.size === 1) return numberWith(text, [...known][0]!);
    if (own === undefined && evidence === 'ambiguous-point' && !known.has(',')) return numberWith(text, '.');
    return 'ambiguous';
  }
}
