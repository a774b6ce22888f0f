import { describe, expect, it } from 'vitest';
import { codecFor } from '../../../platform/text-codec.ts';
import { type MappingProposal, proposeMapping } from './csv-mapping.ts';
import { OVERRIDE_KEYS } from './csv-overrides.ts';

const propose = (lines: readonly string[], overrides: Record<string, string> = {}): MappingProposal =>
  proposeMapping(new TextEncoder().encode(`${lines.join('\n')}\n`), true, codecFor, overrides);

const TABLE = [
  'Buchungstag;Wertstellung;Empfänger;Verwendungszweck;Betrag;Währung;Farbe',
  '30.01.2024;30.01.2024;ACME GmbH;Miete Januar;-500,00;EUR;rot',
  '31.01.2024;31.01.2024;ACME GmbH;Miete Februar;-500,00;EUR;',
];

describe('the proposed mapping of a table', () => {
  it('gives each column a role, a confidence, a reason in words and what it holds', () => {
    const { columns, ambiguities } = propose(TABLE);
    expect(ambiguities).toEqual([]);
    expect(columns.map(({ name, role }) => [name, role])).toEqual([
      ['Buchungstag', 'bookingDate'],
      ['Wertstellung', 'valueDate'],
      ['Empfänger', 'counterparty'],
      ['Verwendungszweck', 'description'],
      ['Betrag', 'amount'],
      ['Währung', 'currency'],
      ['Farbe', null],
    ]);
    expect(columns[4]).toMatchObject({
      index: 4,
      reason: 'named "Betrag"; 100 % of its values are amounts',
      samples: ['-500,00', '-500,00'],
    });
    for (const { confidence, reason, role } of columns) {
      expect(reason).not.toBe('');
      expect(confidence >= 0 && confidence <= 1).toBe(true);
      expect(confidence > 0).toBe(role !== null);
    }
  });

  it('names other parts a column could play, the likeliest first', () => {
    const { columns } = propose(['Date,Type,Amount', '2024-01-30,x,1.50', '2024-01-31,y,-2.50']);
    const alternatives = columns[0]!.alternatives.map(({ role }) => role);
    expect(alternatives).toContain('valueDate');
    for (const { alternatives: list } of columns) {
      const confidences = list.map(({ confidence }) => confidence);
      expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
    }
  });

  it('asks what the file leaves open, with the answers to choose from', () => {
    expect(propose(['Date,Amount', '02/03/2024,"1.234"']).ambiguities).toMatchObject([
      { setting: 'decimalSign', candidates: ['.', ','] },
      { setting: 'dateOrder', candidates: ['dmy', 'mdy'] },
    ]);
    expect(propose(['A,B', 'x,y']).ambiguities).toMatchObject([
      { setting: 'bookingDate', candidates: ['1', '2', 'none'] },
    ]);
    expect(propose(['Date,Note', '2024-01-31,y']).ambiguities).toMatchObject([
      { setting: 'amount', candidates: ['Date', 'Note'] },
    ]);
  });

  it('shows what was stated as certain, and its consequences', () => {
    const { columns } = propose(TABLE, { category: 'Farbe', description: 'none' });
    expect(columns[6]).toMatchObject({ role: 'category', confidence: 1, reason: 'stated' });
    expect(columns[3]).toMatchObject({ role: null, confidence: 0 });
  });

  it('is the same however often it is made', () => {
    expect(propose(TABLE)).toEqual(propose(TABLE));
    expect(JSON.parse(JSON.stringify(propose(TABLE)))).toEqual(propose(TABLE));
  });
});

it('every setting that can be stated is listed on the format’s page', async () => {
  const { readFile } = await import('node:fs/promises');
  const page = await readFile(new URL('../../../../docs/specs/format-csv.md', import.meta.url), 'utf8');
  for (const key of [...OVERRIDE_KEYS, 'date']) expect(page).toContain(`\`${key}\``);
});
