import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { createSaftParser } from './saft-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import { hostCodec, readDocument, refusalOf, utf8 } from './testing/xml-document.ts';

const read = (text: string, size?: number) => readDocument(createSaftParser, text, size).sink;
const shown = (sink: ReturnType<typeof read>) =>
  sink.transactions.map(each => [
    formatUnits(each.amount.units, each.amount.scale),
    each.ledgerAccount,
    each.counterparty,
  ]);

const HEADER = `<Header><AuditFileVersion>2.01</AuditFileVersion><AuditFileCountry>LU</AuditFileCountry>
  <Company><RegistrationNumber>B1</RegistrationNumber><Name>Firma SA</Name></Company>
  <DefaultCurrencyCode>EUR</DefaultCurrencyCode>
  <SelectionCriteria><PeriodStart>1</PeriodStart><PeriodStartYear>2024</PeriodStartYear><PeriodEnd>12</PeriodEnd><PeriodEndYear>2024</PeriodEndYear></SelectionCriteria></Header>`;
const MASTERS = `<MasterFiles><GeneralLedgerAccounts>
  <Account><AccountID>512</AccountID><AccountDescription>Bank</AccountDescription><OpeningDebitBalance>10</OpeningDebitBalance><ClosingCreditBalance>90.00</ClosingCreditBalance></Account>
  <Account><AccountID>401</AccountID><AccountDescription>Creditors</AccountDescription></Account></GeneralLedgerAccounts>
  <Customers><Customer><Name>Buyer</Name><CustomerID>C1</CustomerID></Customer></Customers>
  <Suppliers><Supplier><Name>Seller</Name><SupplierID>S1</SupplierID></Supplier></Suppliers></MasterFiles>`;
const line = (account: string, side: 'Debit' | 'Credit', amount: string, more = ''): string =>
  `<Line><RecordID>1</RecordID><AccountID>${account}</AccountID>${more}<${side}Amount><Amount>${amount}</Amount></${side}Amount></Line>`;
const entry = (id: string, lines: string, date = '2024-03-04'): string =>
  `<Transaction><TransactionID>${id}</TransactionID><TransactionDate>2024-03-01</TransactionDate><Description>Entry ${id}</Description><GLPostingDate>${date}</GLPostingDate>${lines}</Transaction>`;
const ledger = (entries: string, control = ''): string =>
  `<GeneralLedgerEntries>${control}<Journal><JournalID>B</JournalID><Description>Bank book</Description>${entries}</Journal></GeneralLedgerEntries>`;
const file = (body: string): string =>
  `<?xml version="1.0"?><AuditFile xmlns="urn:OECD:StandardAuditFile-Tax/2.00">${body}</AuditFile>`;
const PAID = entry(
  '1',
  line('401', 'Debit', '100.00', '<SupplierID>S1</SupplierID>') + line('512', 'Credit', '100.00'),
);

describe('createSaftParser: the ledger', () => {
  it('makes each line a transaction, debit positive, with names and the day of posting', () => {
    const sink = read(file(HEADER + MASTERS + ledger(PAID)));
    expect(shown(sink)).toEqual([
      ['100.00', '401 Creditors', 'Seller'],
      ['-100.00', '512 Bank', ''],
    ]);
    expect(sink.headers).toEqual([
      { accountId: 'B1', currency: 'EUR', institution: null, owner: 'Firma SA', statementId: '2024-1/2024-12' },
    ]);
    expect(sink.counts).toEqual([1]);
    expect(sink.transactions[0]).toMatchObject({ entry: '1', type: 'B Bank book', description: 'Entry 1' });
    expect(isoDate(sink.transactions[0]?.bookingDate ?? 0)).toBe('2024-03-04');
    expect(sink.warnings).toEqual([]);
  });

  it('gives names also where the master files come last', () => {
    const before = read(file(HEADER + MASTERS + ledger(PAID)));
    const after = read(file(HEADER + ledger(PAID) + MASTERS));
    expect(shown(after)).toEqual(shown(before));
    expect(after.warnings).toEqual([]);
  });

  it('reads any prefix, wrapping elements (LT), TransactionLine (RO) and the sections of BG', () => {
    const expected = shown(read(file(HEADER + MASTERS + ledger(PAID))));
    const prefixed = file(HEADER + MASTERS + ledger(PAID))
      .replace(/<(\/?)(?=[A-Z])/g, '<$1nsSAFT:')
      .replace('xmlns=', 'xmlns:nsSAFT=');
    expect(shown(read(prefixed))).toEqual(expected);
    const wrapped = file(HEADER + MASTERS + ledger(PAID))
      .replace('<Journal>', '<Journals><Journal>')
      .replace('</Journal>', '</Journal></Journals>')
      .replaceAll('<Line>', '<Lines><Line>')
      .replaceAll('</Line>', '</Line></Lines>');
    expect(shown(read(wrapped))).toEqual(expected);
    const romanian = file(HEADER + MASTERS + ledger(PAID)).replaceAll('Line>', 'TransactionLine>');
    expect(shown(read(romanian))).toEqual(expected);
    const bulgarian = file(HEADER + MASTERS + ledger(PAID)).replaceAll('MasterFiles>', 'MasterFilesMonthly>');
    expect(shown(read(bulgarian))).toEqual(expected);
  });

  it('reads OECD 1.0: company and currency in the header, GeneralLedger accounts, amounts without inner elements', () => {
    const sink = read(
      `<AuditFile xmlns="urn:OECD:StandardAuditFile-Tax:PT_1.01_01"><Header><AuditFileVersion>1.01_01</AuditFileVersion><CompanyID>C 1</CompanyID><TaxRegistrationNumber>500</TaxRegistrationNumber><CompanyName>Empresa</CompanyName><FiscalYear>2009</FiscalYear><StartDate>2009-01-01</StartDate><EndDate>2009-12-31</EndDate><CurrencyCode>EUR</CurrencyCode><DateCreated>2010-01-01</DateCreated></Header>
      <MasterFiles><GeneralLedger><AccountID>12</AccountID><AccountDescription>Bancos</AccountDescription></GeneralLedger><Customer><CustomerID>C1</CustomerID><CompanyName>Cliente</CompanyName></Customer></MasterFiles>
      ${ledger('<Transaction><TransactionID>2009-01-02 B 1</TransactionID><TransactionDate>2009-01-02</TransactionDate><CustomerID>C1</CustomerID><Lines><DebitLine><RecordID>1</RecordID><AccountID>12</AccountID><DebitAmount>5.5</DebitAmount></DebitLine><CreditLine><AccountID>21</AccountID><CreditAmount>5.5</CreditAmount></CreditLine></Lines></Transaction>')}</AuditFile>`,
    );
    expect(shown(sink)).toEqual([
      ['5.5', '12 Bancos', 'Cliente'],
      ['-5.5', '21', 'Cliente'],
    ]);
    expect(sink.headers[0]).toMatchObject({ accountId: '500', owner: 'Empresa', statementId: '2009' });
    expect(sink.codes).toEqual(['saft.unknown-account']);
  });

  it('keeps negative amounts (red storno) and takes debit less credit where a line has both', () => {
    const both =
      '<Line><AccountID>512</AccountID><DebitAmount>7.10</DebitAmount><CreditAmount>2.05</CreditAmount></Line>';
    const sink = read(file(HEADER + ledger(entry('1', line('401', 'Debit', '-5.05') + both))));
    expect(sink.transactions.map(each => each.amount)).toEqual([
      { units: -505, scale: 2 },
      { units: 505, scale: 2 },
    ]);
    expect(sink.codes).toEqual([]);
  });

  it('checks what the file states of itself: counts, totals, entries, balances of accounts', () => {
    const right = ledger(
      PAID,
      '<NumberOfEntries>1</NumberOfEntries><TotalDebit>100</TotalDebit><TotalCredit>100.000</TotalCredit>',
    );
    expect(read(file(HEADER + MASTERS + right)).warnings).toEqual([]);
    const wrong = ledger(
      PAID + entry('2', line('512', 'Debit', '0.01')),
      '<NumberOfEntries>9</NumberOfEntries><TotalDebit>100</TotalDebit><TotalCredit>99</TotalCredit>',
    );
    const sink = read(file(HEADER + MASTERS + wrong));
    expect(sink.warnings.map(each => [each.code, each.message])).toEqual([
      ['control.count', 'GeneralLedgerEntries states 9 entries (NumberOfEntries) and holds 2, of 3 lines'],
      ['control.total', 'GeneralLedgerEntries/TotalDebit: the file states 100.00 and holds 100.01'],
      ['control.total', 'GeneralLedgerEntries/TotalCredit: the file states 99.00 and holds 100.00'],
      ['ledger.entry-unbalanced', expect.stringContaining('(1): 2 by 0.01')],
      ['control.balance', expect.stringContaining('512 opens at 10.00, its lines make -99.99, it closes at -90.00')],
    ]);
  });

  it('rejects lines without a readable amount or day, with place and raw text, and does not judge their entry', () => {
    const sink = read(
      file(
        HEADER +
          ledger(
            entry('1', line('512', 'Debit', '12,50') + line('401', 'Credit', '12.50')) +
              entry('2', '<Line><AccountID>512</AccountID></Line>') +
              entry('3', line('512', 'Debit', '1'), '2024-02-30') +
              entry('4', line('512', 'Debit', '1.0000000001')) +
              entry('5', line('512', 'Debit', '9007199254740993')),
          ),
      ),
    );
    expect(sink.rejected.map(each => [each.place.row, each.reason])).toEqual([
      [1, 'the debit amount "12,50" is not a decimal number that can be held exactly'],
      [3, 'the line states neither a debit nor a credit amount'],
      [4, 'the date "2024-02-30" of its journal entry is not a day of the calendar'],
      [5, 'the debit amount "1.0000000001" is not a decimal number that can be held exactly'],
      [6, 'the debit amount "9007199254740993" is not a decimal number that can be held exactly'],
    ]);
    expect(sink.transactions.length).toBe(1);
    expect(sink.codes).not.toContain('ledger.entry-unbalanced');
  });

  it('keeps entries with one id apart', () => {
    const second = ledger(PAID)
      .replace('<JournalID>B<', '<JournalID>C<')
      .replace('<GeneralLedgerEntries>', '')
      .replace('</GeneralLedgerEntries>', '');
    const sink = read(
      file(HEADER + ledger(PAID + PAID).replace('</GeneralLedgerEntries>', `${second}</GeneralLedgerEntries>`)),
    );
    expect([...new Set(sink.transactions.map(each => each.entry))]).toEqual(['1', 'B/1', 'C/1']);
    expect(sink.counts).toEqual([3]);
  });
});

const invoice = (number: string, inner: string, gross: string, totals = 'DocumentTotals'): string =>
  `<Invoice><InvoiceNo>${number}</InvoiceNo><InvoiceDate>2024-05-06</InvoiceDate><CustomerInfo><CustomerID>C1</CustomerID></CustomerInfo>${inner}<${totals}><NetTotal>1</NetTotal><GrossTotal>${gross}</GrossTotal></${totals}></Invoice>`;
const section = (name: string, documents: string, control = ''): string =>
  file(`${HEADER}${MASTERS}<SourceDocuments><${name}>${control}${documents}</${name}></SourceDocuments>`);
const amounts = (text: string): readonly string[] =>
  read(text).transactions.map(each => formatUnits(each.amount.units, each.amount.scale));
const docLine = (indicator: string, amount: string): string =>
  `<InvoiceLine><LineNumber>1</LineNumber><InvoiceLineAmount><Amount>${amount}</Amount></InvoiceLineAmount><DebitCreditIndicator>${indicator}</DebitCreditIndicator></InvoiceLine>`;

describe('createSaftParser: source documents', () => {
  it('gives what is to be received a positive and what is to be paid a negative amount', () => {
    const documents =
      invoice('1', docLine('C', '100'), '119') +
      invoice('2', docLine('D', '100'), '119') +
      invoice('3', '', '119') +
      invoice('4', docLine('C', '-100'), '-119');
    expect(amounts(section('SalesInvoices', documents))).toEqual(['119', '-119', '119', '-119']);
    const purchases =
      invoice('1', docLine('D', '100'), '119') +
      invoice('2', docLine('K', '100'), '119') +
      invoice('3', '', '119') +
      invoice('4', docLine('D', '-100'), '-119');
    expect(amounts(section('PurchaseInvoices', purchases))).toEqual(['-119', '119', '-119', '119']);
  });

  it('reads payments by their lines, else by whom they are of; totals of other schemas', () => {
    const payment = (inner: string): string =>
      `<Payment><PaymentRefNo>P</PaymentRefNo><TransactionDate>2024-05-06</TransactionDate>${inner}<GrossTotal>50.00</GrossTotal></Payment>`;
    const of = (indicator: string, party: string): string =>
      `<Lines><PaymentLine>${party}<DebitCreditIndicator>${indicator}</DebitCreditIndicator><PaymentLineAmount><Amount>50</Amount></PaymentLineAmount></PaymentLine></Lines>`;
    const sink = read(
      section(
        'Payments',
        payment(of('C', '<CustomerID>C1</CustomerID>')) +
          payment(of('D', '<SupplierID>S1</SupplierID>')) +
          payment('<SupplierID>S1</SupplierID>'),
      ),
    );
    expect(sink.transactions.map(each => [each.amount.units, each.counterparty])).toEqual([
      [5000, 'Buyer'],
      [-5000, 'Seller'],
      [-5000, 'Seller'],
    ]);
  });

  it('checks the totals of a section against lines in effect, or against gross totals', () => {
    const documents =
      invoice('1', docLine('C', '100'), '119') + invoice('2', docLine('D', '10'), '11.9', 'InvoiceDocumentTotals');
    const control = (count: string, debit: string, credit: string): string =>
      `<NumberOfEntries>${count}</NumberOfEntries><TotalDebit>${debit}</TotalDebit><TotalCredit>${credit}</TotalCredit>`;
    for (const totals of [control('2', '10', '100'), control('2', '11.9', '119'), control('2', '119.00', '11.90')])
      expect(read(section('SalesInvoices', documents, totals)).warnings).toEqual([]);
    expect(read(section('SalesInvoices', documents, control('3', '10', '99'))).codes).toEqual([
      'control.count',
      'control.total',
    ]);
  });

  it('rejects a document without gross total or day, and tells numbers that are missing or repeated', () => {
    const sink = read(
      section(
        'SalesInvoices',
        invoice('FT A/1', '', '1') +
          invoice('FT A/3', '', '1') +
          invoice('FT A/3', '', '1') +
          invoice('FT B/7', '', '') +
          invoice('FT B/8', '', '5').replace('2024-05-06', '06.05.2024'),
      ),
    );
    expect(sink.rejected.map(each => each.reason)).toEqual([
      'document FT B/7: there is no gross total (GrossTotal)',
      'document FT B/8: the date "06.05.2024" is not a day of the calendar',
    ]);
    expect(sink.warnings.map(each => each.message)).toEqual([
      expect.stringContaining('(1): FT A/2'),
      expect.stringContaining('(1): FT A/3'),
    ]);
  });
});

const JPK = (body: string): string =>
  `<?xml version="1.0"?><tns:JPK xmlns:tns="http://jpk.mf.gov.pl/wzor/2016/03/09/03091/" xmlns:etd="http://crd.gov.pl/etd"><tns:Naglowek><tns:KodFormularza kodSystemowy="JPK_KR (1)" wersjaSchemy="1-0">JPK_KR</tns:KodFormularza><tns:DataOd>2024-01-01</tns:DataOd><tns:DataDo>2024-01-31</tns:DataDo><tns:DomyslnyKodWaluty>PLN</tns:DomyslnyKodWaluty></tns:Naglowek><tns:Podmiot1><tns:IdentyfikatorPodmiotu><etd:NIP>5250001009</etd:NIP><etd:PelnaNazwa>Firma</etd:PelnaNazwa></tns:IdentyfikatorPodmiotu></tns:Podmiot1>${body}</tns:JPK>`;

describe('createSaftParser: JPK_KR', () => {
  const journal =
    '<tns:Dziennik typ="G"><tns:LpZapisuDziennika>1</tns:LpZapisuDziennika><tns:NrZapisuDziennika>D/1</tns:NrZapisuDziennika><tns:OpisDziennika>Zakup</tns:OpisDziennika><tns:NrDowoduKsiegowego>FV 7</tns:NrDowoduKsiegowego><tns:RodzajDowodu>FV</tns:RodzajDowodu><tns:DataOperacji>2024-01-02</tns:DataOperacji><tns:DataKsiegowania>2024-01-05</tns:DataKsiegowania><tns:OpisOperacji>Towar</tns:OpisOperacji><tns:DziennikKwotaOperacji>123.00</tns:DziennikKwotaOperacji></tns:Dziennik>';
  const posting = (debit: string, credit: string, number = 'D/1'): string =>
    `<tns:KontoZapis typ="G"><tns:LpZapisu>1</tns:LpZapisu><tns:NrZapisu>${number}</tns:NrZapisu><tns:KodKontaWinien>330</tns:KodKontaWinien><tns:KwotaWinien>${debit}</tns:KwotaWinien><tns:KodKontaMa>202</tns:KodKontaMa><tns:KwotaMa>${credit}</tns:KwotaMa><tns:OpisZapisuMa>Dostawca</tns:OpisZapisuMa></tns:KontoZapis>`;
  const accounts = '<tns:ZOiS typ="G"><tns:KodKonta>330</tns:KodKonta><tns:OpisKonta>Towary</tns:OpisKonta></tns:ZOiS>';
  const control =
    '<tns:DziennikCtrl><tns:LiczbaWierszyDziennika>1</tns:LiczbaWierszyDziennika><tns:SumaKwotOperacji>123</tns:SumaKwotOperacji></tns:DziennikCtrl><tns:KontoZapisCtrl><tns:LiczbaWierszyKontoZapis>2</tns:LiczbaWierszyKontoZapis><tns:SumaWinien>123</tns:SumaWinien><tns:SumaMa>123</tns:SumaMa></tns:KontoZapisCtrl>';

  it('dates postings by their journal entry; each side with an amount is a line', () => {
    const text = JPK(accounts + journal + posting('123.00', '0') + posting('0', '123.00') + control);
    expect(sniffFormat(utf8(text), hostCodec).format).toBe('saft');
    const sink = read(text);
    expect(
      sink.transactions.map(each => [
        each.amount.units,
        each.ledgerAccount,
        each.description,
        isoDate(each.bookingDate),
      ]),
    ).toEqual([
      [12300, '330 Towary', 'Towar', '2024-01-05'],
      [-12300, '202', 'Dostawca', '2024-01-05'],
    ]);
    expect(sink.headers[0]).toMatchObject({ accountId: '5250001009', owner: 'Firma', currency: 'PLN' });
    expect(sink.counts).toEqual([1]);
    expect(sink.warnings).toEqual([]);
  });

  it('tells control figures that disagree, rejects postings without journal entry, refuses other JPK files at the sniffer', () => {
    const sink = read(JPK(journal + posting('123.00', '122.00') + posting('1', '1', 'D/9') + control));
    expect(sink.rejected.map(each => each.reason)).toEqual([
      'its journal entry "D/9" is not in the journal before it, so it has no date',
    ]);
    expect(sink.warnings.map(each => [each.code, each.message.slice(-40)])).toEqual([
      ['control.total', expect.stringContaining('states 123.00 and holds 122.00')],
      ['ledger.entry-unbalanced', expect.stringContaining('D/1 by 1.00')],
    ]);
    const other = JPK('').replaceAll('JPK_KR', 'JPK_FA').replace('03091', '03095');
    expect(sniffFormat(utf8(other), hostCodec).refusal?.code).toBe('format.unsupported');
  });

  it('reads JPK_KR_PD, whose postings stand inside their journal entry', () => {
    const sink = read(
      JPK(
        '<tns:Kontrahent><tns:T_1>K1</tns:T_1><tns:T_2>PL</tns:T_2><tns:T_3>777</tns:T_3></tns:Kontrahent><tns:ZOiS><tns:ZOiS7><tns:S_1>330</tns:S_1><tns:S_2>Towary</tns:S_2></tns:ZOiS7></tns:ZOiS><tns:Dziennik><tns:D_1>D/1</tns:D_1><tns:D_2>Zakup</tns:D_2><tns:D_3>K1</tns:D_3><tns:D_4>FV 7</tns:D_4><tns:D_8>2025-01-05</tns:D_8><tns:D_11>5</tns:D_11><tns:KontoZapis><tns:Z_1>1</tns:Z_1><tns:Z_2>Opis</tns:Z_2><tns:Z_3>330</tns:Z_3><tns:Z_4>5.00</tns:Z_4></tns:KontoZapis><tns:KontoZapis><tns:Z_3>202</tns:Z_3><tns:Z_7>5.00</tns:Z_7></tns:KontoZapis></tns:Dziennik><tns:Ctrl><tns:C_1>1</tns:C_1><tns:C_2>5</tns:C_2><tns:C_3>2</tns:C_3><tns:C_4>5</tns:C_4><tns:C_5>5</tns:C_5></tns:Ctrl>',
      ),
    );
    expect(
      sink.transactions.map(each => [each.amount.units, each.ledgerAccount, each.reference, each.counterpartyAccount]),
    ).toEqual([
      [500, '330 Towary', 'FV 7', '777'],
      [-500, '202', 'FV 7', '777'],
    ]);
    expect(sink.warnings).toEqual([]);
  });
});

describe('createSaftParser: hostile input', () => {
  it.each([
    ['nothing', '', 'xml.truncated'],
    ['other XML', '<?xml version="1.0"?><a/>', 'saft.no-audit-file'],
    ['a DOCTYPE', '<!DOCTYPE AuditFile [<!ENTITY a "b">]><AuditFile/>', 'xml.doctype'],
    ['a NUL', '<AuditFile><Header>\0</Header></AuditFile>', 'xml.malformed'],
    ['a cut', file(HEADER + MASTERS + ledger(PAID)).slice(0, -30), 'xml.truncated'],
    ['one huge text', `<AuditFile><Header><CompanyName>${'x'.repeat(2_000_000)}`, 'xml.too-large'],
  ])('refuses %s', (_, text, code) => {
    expect(refusalOf(createSaftParser, text).code).toBe(code);
  });

  it('tells a file that holds neither entries nor documents, and a header that its schema forbids', () => {
    expect(read('<AuditFile/>').codes).toEqual(['saft.schema', 'saft.no-records']);
  });

  it('gives the same records however the bytes are cut', () => {
    const text = file(HEADER + MASTERS + ledger(PAID + entry('2', line('512', 'Debit', 'x'))));
    const whole = read(text);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), size => {
        const cut = read(text, size);
        expect([cut.transactions, cut.rejected, cut.warnings]).toEqual([
          whole.transactions,
          whole.rejected,
          whole.warnings,
        ]);
      }),
      { numRuns: 30 },
    );
  });

  it('accounts for every line: transactions and rejected ones together', () => {
    const amount = fc.oneof(fc.constantFrom('', '-', '1e5', '0', '-0.01', '1.23456789012'), fc.integer().map(String));
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 20 }), texts => {
        const sink = read(file(HEADER + ledger(entry('1', texts.map(text => line('1', 'Debit', text)).join('')))));
        expect(sink.transactions.length + sink.rejected.length).toBe(texts.length);
      }),
      { numRuns: 50 },
    );
  });
});
