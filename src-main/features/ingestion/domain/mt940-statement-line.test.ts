import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { readStatementLine } from './mt940-statement-line.ts';

/** Booking date, value date, amount, code, references of a field 61, or the reason it cannot be read. */
const read = (...lines: string[]): readonly (string | null)[] | string => {
  const line = readStatementLine(lines);
  if ('reason' in line) return line.reason;
  const amount = formatUnits(line.amount.units, line.amount.scale);
  return [
    isoDate(line.bookingDate),
    isoDate(line.valueDate),
    amount,
    line.code,
    line.ownerReference,
    line.bankReference,
  ];
};

// Field 61 as SWIFT Standards MT940 specify it: 6!n[4!n]2a[1!a]15d1!a3!c16x[//16x] and [34x].
describe('field 61', () => {
  it.each([
    [
      'all subfields',
      '2312291230CR1234,56NTRFREF1//BANK1',
      '2023-12-30',
      '2023-12-29',
      '1234.56',
      'NTRF',
      'REF1',
      'BANK1',
    ],
    ['no entry date', '231229D5,S103REF1', '2023-12-29', '2023-12-29', '-5', 'S103', 'REF1', ''],
    ['a blank entry date', '240312    DD212,39NMSCNONREF//', '2024-03-12', '2024-03-12', '-212.39', 'NMSC', '', ''],
    ['a reversal of a credit', '240102RC10,00FCHGNONREF', '2024-01-02', '2024-01-02', '-10.00', 'FCHG', '', ''],
    ['a reversal of a debit', '240102RDR10,00FCHGNONREF', '2024-01-02', '2024-01-02', '10.00', 'FCHG', '', ''],
    ['a booking in the new year', '2312310102D1,NTRFX', '2024-01-02', '2023-12-31', '-1', 'NTRF', 'X', ''],
    ['a booking in the old year', '2401021231D1,NTRFX', '2023-12-31', '2024-01-02', '-1', 'NTRF', 'X', ''],
    ['a leap day', '2402280229C1,NTRFX', '2024-02-29', '2024-02-28', '1', 'NTRF', 'X', ''],
    ['years before 2000', '991231C1,NTRFX', '1999-12-31', '1999-12-31', '1', 'NTRF', 'X', ''],
    ['30 February with an entry date', '1602300301DR6,00N024NONREF', '2016-03-01', null, '-6.00', 'N024', '', ''],
    ['leading zeros', '1409010902DR000000000001,62NTRFA//B', '2014-09-02', '2014-09-01', '-1.62', 'NTRF', 'A', 'B'],
    ['no code', '230101C7,5', '2023-01-01', '2023-01-01', '7.5', '', '', ''],
    ['a decimal point', '230101C7.50NTRFX', '2023-01-01', '2023-01-01', '7.50', 'NTRF', 'X', ''],
    ['an amount without decimal comma', '230101C500NTRFX', '2023-01-01', '2023-01-01', '500', 'NTRF', 'X', ''],
    ['blanks in the code', '1710111011DF2402,00S   X', '2017-10-11', '2017-10-11', '-2402.00', 'S', 'X', ''],
  ])('with %s', (_, line, ...expected) => {
    expect(read(line)).toEqual(expected);
  });

  it('whose amount stands on the next line', () => {
    expect(read('1811261126CR', '30,00N062NONREF')).toEqual(['2018-11-26', '2018-11-26', '30.00', 'N062', '', '']);
  });

  it.each([
    ['230230C1,NTRFX', /value date "230230" is not a day/],
    ['2301011340C1,NTRFX', /entry date "1340"/],
    ['230101X1,NTRFX', /does not begin with/],
    ['230101C1.234NTRFX', /amount "1.234"/],
    ['230101C1,2,3NTRFX', /amount "1,2,3"/],
    ['230101C99999999999999999,NTRFX', /kept exactly/],
    ['230101C10,00?', /does not begin with/],
    ['', /does not begin with/],
  ])('%s cannot be read', (line, reason) => {
    expect(read(line)).toMatch(reason);
  });

  it('knows expected entries, and counterparties that banks put there', () => {
    expect(readStatementLine(['240102EC1,NTRFX'])).toMatchObject({ expected: true, out: false });
    expect(readStatementLine(['240102EDR1,NTRFX'])).toMatchObject({ expected: true, out: true, amount: { units: -1 } });
    expect(readStatementLine(['120829D88,10N060P000029225      KPN - MOBIEL'])).toMatchObject({
      ownerReference: '',
      counterparty: 'KPN - MOBIEL',
      counterpartyAccount: 'P000029225',
    });
    expect(readStatementLine(['130101D25,00N102EREF', 'NL70ABNA0987654321'])).toMatchObject({
      ownerReference: '',
      supplementary: 'NL70ABNA0987654321',
      counterpartyAccount: 'NL70ABNA0987654321',
    });
    expect(readStatementLine(['200101D65,00NOVBNL47INGB9999999999'])).toMatchObject({
      ownerReference: '',
      counterpartyAccount: 'NL47INGB9999999999',
    });
  });
});
