import { monthNamed } from './csv-month-names.ts';
import { dateAt, type PdfDate, yearApart } from './pdf-date.ts';
import type { PdfLine, PdfWord } from './pdf-lines.ts';
import { type MoneyForm, moneyOf } from './pdf-money.ts';

/** Left edges that differ by less (points) are one. */
const INDENT = 12;

export interface DatedLine {
  readonly date: PdfDate | null;
  readonly valueDate: PdfDate | null;
  /** Words behind the dates. */
  readonly from: number;
}

/** The date or dates a line begins with; an ordinal number may stand before them. */
export const datesOf = (words: readonly PdfWord[], yearsApart: boolean): DatedLine => {
  let at = 0;
  let date = dateAt(words, 0, yearsApart);
  if (date === null && words.length > 2 && /^(?:\d{1,6}[.)]?|[*•·–-])$/.test(words[0]!.text)) {
    date = dateAt(words, 1, yearsApart);
    at = date === null ? 0 : 1;
  }
  if (date === null) return { date: null, valueDate: null, from: 0 };
  at += date.words;
  const second = dateAt(words, at, yearsApart);
  const next = second === null ? at : at + second.words;
  // A text may begin with what looks like a date; a second date of another form is a part of the text.
  const sameForm =
    second !== null && second.hasYear === date.hasYear && /\p{L}/u.test(second.text) === /\p{L}/u.test(date.text);
  return sameForm ? { date, valueDate: second, from: next } : { date, valueDate: null, from: at };
};

/** True where every dated line with an amount has two digits behind its month and they are one year or two that follow. */
export const areYearsApart = (lines: readonly PdfLine[], form: MoneyForm): boolean => {
  const years = new Set<number>();
  for (const line of lines) {
    if (dateAt(line.words, 0) === null || moneyOf(line.words, line.fontSize, form).length === 0) continue;
    const year = yearApart(line.words);
    if (year === null) return false;
    years.add(year);
  }
  return years.size > 0 && Math.max(...years) - Math.min(...years) <= 1;
};

/** Day of a date whose month stands at the beginning of the line below (`18 de …` / `Diciembre`). */
export const splitDate = (line: PdfLine, below: PdfLine | undefined): PdfDate | null => {
  const [day, of] = line.words;
  const month = below?.words[0];
  if (day === undefined || month === undefined || below!.page !== line.page) return null;
  if (!/^\d{1,2}$/.test(day.text) || !/^(?:de|of)$/i.test(of?.text ?? '') || monthNamed(month.text) === 0) return null;
  if (Math.abs(month.x0 - day.x0) > INDENT || below!.words.length > 3) return null;
  return { text: `${day.text} ${month.text}`, hasYear: false, words: 2 };
};
