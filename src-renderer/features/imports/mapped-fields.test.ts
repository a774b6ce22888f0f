import { describe, expect, it } from 'vitest';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { fieldOrder, mappedFields } from './mapped-fields.ts';
import { tableColumns } from './table-columns.ts';

type Preview = ChannelAnswer<'imports.preview'>;

const preview = (part: Partial<Preview>, dialect: Record<string, unknown> = {}): Preview => ({
  file: {
    name: 'a.csv',
    sha256: null,
    bytes: 1,
    format: 'csv',
    encoding: 'utf-8',
    dialect,
    statements: [],
    rejected: [],
    warnings: [],
  },
  partial: false,
  columns: [],
  sample: [],
  ...part,
});
const column = (index: number, name: string, role: string | null, confidence = 0.9) => ({
  index,
  name,
  role,
  confidence,
  reason: `because of ${name}`,
  samples: ['x'],
  alternatives: [] as { role: string; confidence: number; reason: string }[],
});
const PROPOSED = tableColumns(
  preview({
    mapping: {
      columns: [
        column(0, 'Betrag', 'amount'),
        column(1, 'Datum', 'bookingDate', 0.75),
        {
          ...column(2, 'Valuta', null),
          alternatives: [{ role: 'bookingDate', confidence: 0.6, reason: 'its values are dates' }],
        },
        column(3, 'Text', 'description'),
        column(4, 'column 5', 'description'),
        column(5, 'Text', null),
      ],
      questions: [],
    },
  }),
);
const field = (role: string, stated = {}, ofProfile = {}) =>
  mappedFields(PROPOSED, stated, ofProfile).find(known => known.role === role);

describe('tableColumns', () => {
  it('means a column by its name, and by its number where the name is empty or not its alone', () => {
    expect(PROPOSED.map(({ answer }) => answer)).toEqual(['Betrag', 'Datum', 'Valuta', '4', '5', '6']);
  });

  it('reads a workbook’s columns out of how it was read, with confidence and reason', () => {
    const columns = tableColumns(
      preview(
        {},
        {
          header: ['Day', 'Sum: EUR', 'A + B', 'Text'],
          columns: ['bookingDate: Day', 'amount: Sum: EUR', 'description: A + B + Text', 'reference: A + B'],
          confidence: { bookingDate: 0.8 },
          reasons: ['bookingDate: its name: a date'],
        },
      ),
    );
    expect(columns.map(({ role }) => role)).toEqual(['bookingDate', 'amount', 'reference', 'description']);
    expect(columns[0]).toMatchObject({ confidence: 0.8, reason: 'its name: a date' });
    expect(columns[1]).toMatchObject({ confidence: null, answer: 'Sum: EUR' });
  });
});

describe('mappedFields', () => {
  it('shows the proposal with its confidence, its reason and the other columns that could play the part', () => {
    expect(field('bookingDate')).toMatchObject({ value: 'Datum', origin: 'found', confidence: 0.75 });
    expect(
      field('bookingDate')?.alternatives.map(({ column: { answer }, confidence }) => [answer, confidence]),
    ).toEqual([['Valuta', 0.6]]);
    expect(field('description')?.value).toBe('4 + 5');
    expect(field('balance')).toMatchObject({ value: 'none', origin: null, confidence: null });
  });

  it('lets the examiner win over the profile, and the profile over what was found', () => {
    expect(field('bookingDate', {}, { bookingDate: 'valuta' })).toMatchObject({ value: 'Valuta', origin: 'profile' });
    expect(field('bookingDate', { bookingDate: '2' }, { bookingDate: 'Valuta' })).toMatchObject({
      value: 'Datum',
      origin: 'stated',
    });
    expect(field('amount', { amount: 'none' })).toMatchObject({ value: 'none', origin: 'stated' });
    expect(field('currency', { currency: '=EUR' })?.value).toBe('=EUR');
  });
});

describe('fieldOrder', () => {
  it('follows the columns of the file', () => {
    expect(fieldOrder(PROPOSED).slice(0, 4)).toEqual(['amount', 'bookingDate', 'description', 'valueDate']);
  });
});
