import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatUnits } from '../../../kernel/decimal.ts';
import { createSaftParser } from './saft-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import { shortest, sumOf } from './testing/recording-sink.ts';
import { hostCodec, type ReadDocument, readDocument, refusalOf } from './testing/xml-document.ts';

/** Test files of two peers: joaomfrebelo/Saft-PT_4_PHP (demonstration file of the Portuguese tax authority, and faults put into it) and dodoas/ruby-saft. */
const folder = new URL('../../../../../shared/data/ledgers/saft/', import.meta.url);

interface Facts {
  readonly namespace: string;
  readonly header: Readonly<Record<string, string>>;
  readonly declared_totals: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly gl_transactions: number;
  readonly gl_sum_debit: string;
  readonly gl_sum_credit: string;
  readonly gl_unbalanced: number;
  readonly invoices: number;
  readonly accounts: number;
  readonly customers: number;
  readonly suppliers: number;
}
const factsOf = (file: string): Facts => {
  const { facts } = JSON.parse(readFileSync(new URL(`${file}.expected.json`, folder), 'utf8')) as {
    facts: { expected: Facts }[];
  };
  return facts[0]?.expected ?? expect.fail(`no facts for ${file}`);
};
const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, folder)));
const read = (file: string): ReadDocument => readDocument(createSaftParser, bytesOf(file), 1000);

const files = readdirSync(folder).filter(name => name.endsWith('.xml'));
/** What each fault put into the demonstration file must be told as. */
const TOLD: Readonly<Record<string, readonly [code: string, words: string] | null>> = {
  'pt_saft_CREDIT_AND_DEBIT_NC.xml': null,
  'pt_saft_MISSING_INVOICE.xml': ['saft.number-gap', '1T 1/2 to 1T 1/3'],
  'pt_saft_REPEATED_INVOICE_INTERNAL_CODE.xml': ['saft.series-types', '1T (FT, FR)'],
  'pt_saft_WRONG_SCHEMA.xml': ['saft.schema', 'TaxRegistrationNumber'],
  'pt_saft_idemo599999999.xml': null,
  'rubysaft_biggest.xml': null,
};
const FAULTS = ['saft.number-gap', 'saft.series-types', 'saft.schema', 'saft.repeated-number'];

describe('real SAF-T files', () => {
  it('are all there', () => {
    expect(files).toEqual(Object.keys(TOLD));
  });

  it.each(files)('%s is recognized and agrees with a count of its XML', file => {
    const facts = factsOf(file);
    const bytes = bytesOf(file);
    expect(sniffFormat(bytes.subarray(0, 65_536), hostCodec).format).toBe('saft');
    const { sink, parser } = read(file);
    const dialect = parser.dialect();
    const { header } = facts;
    expect(dialect).toMatchObject({
      namespace: facts.namespace,
      version: header.AuditFileVersion,
      country: header.AuditFileCountry ?? null,
      fiscalYear: header.FiscalYear ?? null,
      taxRegistrationNumber: header.TaxRegistrationNumber ?? null,
      currency: header.CurrencyCode ?? header.DefaultCurrencyCode,
      entries: facts.gl_transactions,
      customers: facts.customers,
      suppliers: facts.suppliers,
      // Its chart has account 1920 twice; the second is told (saft.repeated-account).
      accounts: file === 'rubysaft_biggest.xml' ? facts.accounts - 1 : facts.accounts,
    });
    if (header.CompanyID !== undefined) expect(dialect.companyId).toBe(header.CompanyID);
    if (header.StartDate !== undefined)
      expect([dialect.startDate, dialect.endDate]).toEqual([header.StartDate, header.EndDate]);
    for (const each of sink.headers) expect(each.currency).toBe(header.CurrencyCode ?? header.DefaultCurrencyCode);
    const invoices = sink.headers.findIndex(each => each.statementId?.endsWith('SalesInvoices'));
    if (facts.invoices === 0) expect(invoices).toBe(-1);
    else {
      // Cancelled invoices are kept as rejected records: they count in no total of the file.
      const cancelled = sink.rejected.filter(each => /<Invoice>/.test(each.raw));
      for (const each of cancelled) expect(each.reason).toMatch(/cancelled \(status A\)/);
      expect(sink.transactions.filter(each => each.statement === invoices).length + cancelled.length).toBe(
        facts.invoices,
      );
      expect(cancelled.length).toBe(6);
    }
  });

  it.each(files)('%s: control totals of source documents agree with its lines, faults are told', file => {
    const { sink } = read(file);
    const told = TOLD[file];
    if (told) {
      expect(sink.warnings.find(each => each.code === told[0])?.message).toContain(told[1]);
      expect(sink.codes.filter(code => FAULTS.includes(code))).toEqual([told[0]]);
    } else expect(sink.codes.filter(code => FAULTS.includes(code))).toEqual([]);
    if (file.startsWith('pt_')) expect(sink.codes.filter(code => code.startsWith('control.'))).toEqual([]);
  });

  it('rubysaft_biggest.xml: the ledger, whose declared totals disagree with its lines, as the facts do', () => {
    const facts = factsOf('rubysaft_biggest.xml');
    const { sink } = read('rubysaft_biggest.xml');
    expect(sink.counts).toEqual([facts.gl_transactions]);
    expect(sumOf(sink.transactions.filter(each => each.amount.units > 0))).toBe(shortest(facts.gl_sum_debit));
    expect(sumOf(sink.transactions.filter(each => each.amount.units < 0))).toBe(shortest(`-${facts.gl_sum_credit}`));
    const declared = facts.declared_totals.GeneralLedgerEntries ?? expect.fail();
    const message = (code: string, word: string): string =>
      sink.warnings.find(each => each.code === code && each.message.includes(word))?.message ?? '';
    expect(message('control.count', 'NumberOfEntries')).toContain(`states ${declared.NumberOfEntries} entries`);
    expect(message('control.total', 'TotalDebit')).toContain('states 6.00 and holds 598.00');
    expect(message('control.total', 'TotalCredit')).toContain('states 7.00 and holds 716.00');
    expect(message('ledger.entry-unbalanced', '')).toContain(`(${facts.gl_unbalanced}): Tra1 by 5.00; Tra2 by -123.00`);
    expect(sink.transactions[0]).toMatchObject({
      ledgerAccount: '1920 Bank Account',
      entry: 'Tra1',
      counterpartyAccount: '15',
      reference: '159',
      type: 'Jo1 Journal number 1',
      description: 'From the bank; Something',
    });
  });

  it('pt_saft_idemo599999999.xml: amounts at gross total, credit notes negative, names from the master files', () => {
    const { sink, parser } = read('pt_saft_idemo599999999.xml');
    expect(parser.encoding()).toBe('windows-1252');
    expect(sink.headers.map(each => each.statementId)).toEqual(['2017 SalesInvoices', '2017 Payments']);
    expect(sink.headers[0]).toMatchObject({ accountId: '599999993', owner: 'Entidade comercial - Demonstração' });
    const byNumber = (number: string) => sink.transactions.find(each => each.reference === number);
    // GrossTotal of the documents as the tax authority's file has them.
    expect(
      ['1T 1/1', '1T 1/2', '2T A/2', '1N 8/00001', 'PGT 1T1/1'].map(number => {
        const found = byNumber(number) ?? expect.fail(number);
        return [formatUnits(found.amount.units, found.amount.scale), found.type, found.counterparty];
      }),
    ).toEqual([
      ['28.07', 'FT', 'Manuel Feijão'],
      ['235.15', 'FT', 'Gomes & Gomes, Lda.'],
      ['-2261.34', 'NC', 'Manuel Feijão'],
      ['36.00', 'ND', 'Manuel Feijão'],
      ['7000.00', 'RG', 'Manuel Feijão'],
    ]);
    expect(sink.warnings.filter(each => each.code === 'saft.not-read').map(each => each.message.slice(0, 30))).toEqual([
      '7 documents of MovementOfGoods',
      '4 documents of WorkingDocument',
    ]);
  });

  it.each(files)('%s: each record lies where its place says', file => {
    const bytes = bytesOf(file);
    const { sink } = readDocument(createSaftParser, bytes, 97);
    const decoder = new TextDecoder('latin1');
    for (const { place } of [...sink.transactions, ...sink.rejected])
      expect(decoder.decode(bytes.subarray(place.byteOffset, place.byteOffset + place.byteLength))).toMatch(
        /^<(Line|Invoice|Payment)>[\s\S]*<\/\1>$/,
      );
  });

  it.each(files)('%s cut off anywhere before its end is refused', file => {
    const bytes = bytesOf(file);
    const last = new TextDecoder('latin1').decode(bytes).lastIndexOf('</AuditFile>') + '</AuditFile>'.length - 1;
    for (let cut = last; cut > 60; cut -= Math.floor(last / 20))
      expect(refusalOf(createSaftParser, bytes.subarray(0, cut)).code, `cut at ${cut}`).toBe('xml.truncated');
  });
});
