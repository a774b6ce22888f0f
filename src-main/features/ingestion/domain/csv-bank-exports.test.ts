import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { createCsvParser } from './csv-parser.ts';
import { BANK_EXPORTS, type BankExport } from './testing/bank-exports.ts';
import { TransactionColumnBuilder } from './transaction-column-builder.ts';

const read = (file: BankExport) => {
  const builder = new TransactionColumnBuilder();
  const parser = createCsvParser(builder, codecFor, {});
  parser.write(iconv.encode(`${file.lines.join('\r\n')}\r\n`, file.encoding ?? 'utf-8'));
  void parser.end();
  builder.finish();
  const columns = builder.columns();
  const roles = Object.fromEntries(
    (parser.dialect().columns as string[]).map(text => text.split(/: (.*)/s).slice(0, 2) as [string, string]),
  );
  const [statement, ...others] = builder.statements();
  const balance = (side: 'opening' | 'closing'): string | undefined => {
    const stated = statement?.balances[side];
    return stated ? formatUnits(stated.amount.units, stated.amount.scale, 2) : undefined;
  };
  return {
    amounts: [...columns.amountUnits].map(units => formatUnits(units, builder.scale)),
    days: [...columns.bookingDay].map(isoDate).sort(),
    roles,
    header: statement?.header,
    others: others.length,
    entries: statement?.entries ?? undefined,
    opening: balance('opening'),
    closing: balance('closing'),
    counterparties: [...columns.counterparty].map(code => builder.values('counterparty')[code] ?? ''),
    rejected: builder.rejected.map(({ place, reason }) => `${place.row}: ${reason}`),
    warnings: builder.warnings.map(({ code, message }) => `${code}: ${message}`),
    encoding: parser.encoding(),
  };
};

describe('exports in the layouts of banks and programs', () => {
  it('are many', () => {
    expect(BANK_EXPORTS.length).toBeGreaterThan(75);
  });

  it.each(BANK_EXPORTS.map(file => [file.bank, file] as const))('%s', (_, file) => {
    const found = read(file);
    expect(found.amounts).toEqual(file.amounts);
    expect([found.days[0], found.days.at(-1)]).toEqual([file.first, file.last]);
    expect(found.others).toBe(0);
    expect(found.rejected).toHaveLength(file.rejected ?? 0);
    expect(found.warnings.map(text => text.split(':')[0])).toEqual(file.warnings ?? []);
    if (file.encoding !== undefined) expect(found.encoding).toBe(file.encoding);
    if (file.columns !== undefined) expect(found.roles).toMatchObject(file.columns);
    if (file.account !== undefined) expect(found.header?.accountId).toBe(file.account);
    if (file.currency !== undefined) expect(found.header?.currency).toBe(file.currency);
    if (file.counterparties !== undefined) expect(found.counterparties).toEqual(file.counterparties);
    expect(found.entries).toBe(file.entries);
    if (file.opening !== undefined) expect(found.opening).toBe(file.opening);
    if (file.closing !== undefined) expect(found.closing).toBe(file.closing);
  });
});
