import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { createParser } from '../service/parsers.ts';
import { createCsvParser } from './csv-parser.ts';
import type { FormatName } from './statement-sink.ts';
import { TransactionColumnBuilder } from './transaction-column-builder.ts';
import { TRAIL_COLUMNS } from './transaction-columns.ts';

const trailOf = (builder: TransactionColumnBuilder): (string | null)[][] => {
  const columns = builder.columns();
  return Array.from({ length: builder.count }, (_, i) =>
    TRAIL_COLUMNS.map(name => builder.values(name)[columns[name][i] ?? -1] ?? null),
  );
};

const csv = (text: string, overrides = {}): TransactionColumnBuilder => {
  const builder = new TransactionColumnBuilder({ sliceRows: 2, onSlice: () => undefined });
  const parser = createCsvParser(builder, codecFor, overrides);
  parser.write(new TextEncoder().encode(text));
  void parser.end();
  builder.finish();
  return builder;
};
const read = (format: FormatName, text: string): TransactionColumnBuilder => {
  const builder = new TransactionColumnBuilder();
  const parser = createParser(format, { sink: builder, codecFor, overrides: {}, transcript: () => undefined });
  parser.write(new TextEncoder().encode(text));
  void parser.end();
  builder.finish();
  return builder;
};

describe('who entered a record and when, in tables', () => {
  it('costs a file that does not state it nothing', () => {
    const builder = csv('date,amount,description\n2024-01-01,1.00,a\n2024-01-02,2.00,b\n');
    for (const name of TRAIL_COLUMNS) expect(builder.columns()[name]).toHaveLength(0);
  });

  it.each([
    ['Posting Date,Entry Date,Entry Time,User Name,Amount,Text', '2024-03-31,2024-04-02,17:45:10,JDOE,10.00,x'],
    ['Buchungsdatum;Erfassungsdatum;Uhrzeit;Erfasser;Betrag;Buchungstext', '31.03.2024;02.04.2024;17:45;JDOE;10,00;x'],
    ['Date comptable;Date de saisie;Heure;Utilisateur;Montant;Libellé', '31/03/2024;02/04/2024;17h45;JDOE;10,00;x'],
    ['Posting Date,Created On,Amount,Created By,Text', '2024-03-31,2024-04-02T17:45:10Z,10.00,JDOE,x'],
  ])('is found by the names of the columns: %s', (header, row) => {
    expect(trailOf(csv(`${header}\n${row}\n${row}\n`))).toEqual([
      ['JDOE', '2024-04-02', '17:45'],
      ['JDOE', '2024-04-02', '17:45'],
    ]);
  });

  it('takes a time behind the booking date, and none that is only 00:00', () => {
    const text = 'date,amount,description\n2024-03-31 17:45:10,1.00,a\n2024-04-01 00:00:00,2.00,b\n2024-04-02,3.00,c\n';
    expect(trailOf(csv(text))).toEqual([
      [null, null, '17:45'],
      [null, null, null],
      [null, null, null],
    ]);
  });

  it('does not hand the time of a rejected row on to the next', () => {
    const rows = Array.from({ length: 5 }, (_, i) => `2024-03-0${i + 1},${i}.00,a`).join('\n');
    const builder = csv(`date,amount,description\n${rows}\n2024-03-31 17:45:10,no amount,b\n2024-04-01,2.00,c\n`);
    expect(builder.rejected).toHaveLength(1);
    expect(trailOf(builder).every(row => row.every(value => value === null))).toBe(true);
  });

  it('leaves the only date the booking date, and can be told not to look', () => {
    const only = csv('Created on,Amount,Text\n2024-04-02,1.00,a\n2024-04-03,1.00,b\n');
    expect(isoDate(only.columns().bookingDay[0]!)).toBe('2024-04-02');
    expect(only.columns().entered).toHaveLength(0);
    const none = csv('Posting Date,User,Amount,Text\n2024-04-02,x,1.00,a\n', { poster: 'none' });
    expect(none.columns().poster).toHaveLength(0);
  });

  it('reads dates of entry in their own order where only one fits, and says where none can be told', () => {
    const rows = ['31.03.2024,2024-04-02,1.00,a', '30.03.2024,2024-04-13,1.00,b'];
    expect(trailOf(csv(`Posting Date,Entry Date,Amount,Text\n${rows.join('\n')}\n`)).map(row => row[1])).toEqual([
      '2024-04-02',
      '2024-04-13',
    ]);
    const open = csv(
      'Posting Date,Entry Date,Amount,Text\n2024-03-31,02/04/2024,1.00,a\n2024-03-30,03/04/2024,1.00,b\n',
    );
    expect(open.columns().entered).toHaveLength(0);
    expect(open.warnings.map(({ code }) => code)).toContain('csv.entered-order');
  });

  it('states a column from the row on that has its first value, across slices', () => {
    const rows = Array.from({ length: 7 }, (_, i) => `2024-03-0${i + 1},${i === 4 ? 'zoe' : ''},1.00,t${i}`).join('\n');
    const builder = csv(`Posting Date,Posted By,Amount,Text\n${rows}\n`, { poster: 'Posted By' });
    expect(trailOf(builder).map(row => row[0])).toEqual([null, null, null, null, 'zoe', null, null]);
  });
});

describe('who entered a record and when, in formats', () => {
  it('SIE: registration date and signature of the voucher, the row’s own signature first', () => {
    // SIE 4B, #VER serie vernr verdatum vertext regdatum sign; #TRANS … sign.
    const sie =
      '#FLAGGA 0\n#SIETYP 4\n#VER A 1 20240131 "Hyra" 20240205 "AB"\n{\n#TRANS 1930 {} -100.00\n#TRANS 5010 {} 100.00 20240131 "" 0 "CD"\n}\n';
    expect(trailOf(read('sie', sie))).toEqual([
      ['AB', '2024-02-05', null],
      ['CD', '2024-02-05', null],
    ]);
  });

  it('FEC: the validation date, and no user', () => {
    const header =
      'JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise';
    const line = (account: string, debit: string, credit: string, valid: string): string =>
      `OD\tOD\t1\t20240131\t${account}\tX\t\t\tP\t20240131\ttexte\t${debit}\t${credit}\t\t\t${valid}\t\t`;
    const fec = `${header}\n${line('601', '10,00', '0,00', '20240229')}\n${line('401', '0,00', '10,00', 'demain')}\n`;
    const builder = read('fec', fec);
    expect(trailOf(builder)).toEqual([
      [null, '2024-02-29', null],
      [null, null, null],
    ]);
    expect(builder.warnings.map(({ code }) => code)).toContain('fec.validation-date');
  });

  it('SAF-T: SourceID and SystemEntryDate of the entry or its line', () => {
    const saft = `<AuditFile><Header><CurrencyCode>EUR</CurrencyCode></Header><MasterFiles/><GeneralLedgerEntries><Journal><JournalID>1</JournalID>
<Transaction><TransactionID>T1</TransactionID><TransactionDate>2024-01-31</TransactionDate><SourceID>maria</SourceID><SystemEntryDate>2024-02-05</SystemEntryDate><GLPostingDate>2024-01-31</GLPostingDate>
<Lines><DebitLine><AccountID>11</AccountID><SystemEntryDate>2024-02-06T08:30:00</SystemEntryDate><DebitAmount>5.00</DebitAmount></DebitLine>
<CreditLine><AccountID>71</AccountID><CreditAmount>5.00</CreditAmount></CreditLine></Lines></Transaction></Journal></GeneralLedgerEntries></AuditFile>`;
    expect(trailOf(read('saft', saft))).toEqual([
      ['maria', '2024-02-06', '08:30'],
      ['maria', '2024-02-05', null],
    ]);
  });

  it('OFX: the minute of DTPOSTED, but not midnight and noon, which stand for no time', () => {
    const row = (posted: string, id: string): string =>
      `<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>${posted}<TRNAMT>-1.00<FITID>${id}<NAME>x</STMTTRN>`;
    const ofx = `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>2<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20240101<DTEND>20240131${row('20240105091500', 'a')}${row('20240105', 'b')}${row('20240105000000', 'c')}${row('20240105120000.000[-5:EST]', 'd')}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
    expect(trailOf(read('ofx', ofx)).map(row => row[2])).toEqual(['09:15', null, null, null]);
  });
});
