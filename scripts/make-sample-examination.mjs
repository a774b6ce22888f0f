// Writes the sample examination (resources/sample-examination): three bank files and a ledger of an invented firm.
// Everything is made from a fixed seed with integer arithmetic, so every run writes the same bytes.
// `node scripts/make-sample-examination.mjs [FOLDER]`; what is planted is told in resources/sample-examination/README.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OWNER = 'Quarzbrunn Instruments GmbH';
const OPERATING = 'XX40SPQB0000000000104711';
const BRANCH = 'XX17SPQB0000000000104738';
const PAYROLL = '104729';
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June'];

/** Mulberry32: a 32-bit generator of integers; the same numbers on every machine. */
const generator = seed => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return (t ^ (t >>> 14)) >>> 0;
};
const next = generator(20_250_630);
const below = limit => next() % limit;

/** A day as days since 1970-01-01. */
const day = (month, date) => Date.UTC(2025, month - 1, date) / 86_400_000;
const iso = at => new Date(at * 86_400_000).toISOString().slice(0, 10);
const monthOf = at => Number(iso(at).slice(5, 7));
const weekday = at => (at + 4) % 7;
const workday = at => (weekday(at) === 0 ? at + 1 : weekday(at) === 6 ? at + 2 : at);
const LAST = day(6, 30);

const text = cents =>
  `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
const padded = (number, width) => String(number).padStart(width, '0');

const drawn = new Set();
/** An amount of the party, half to one and a half times its usual one, that was not used for it before and nears no limit. */
const amountOf = (party, usualCents) => {
  for (;;) {
    const cents = Math.floor((usualCents * (5_000 + below(10_001))) / 10_000);
    const nearLimit = cents >= 950_000 && cents < 1_000_000;
    const key = `${party} ${cents}`;
    if (nearLimit || drawn.has(key)) continue;
    drawn.add(key);
    return cents;
  }
};

/** `posting`: how the ledger records it (null: not at all). */
const movement = (at, cents, party, words, posting = {}) => ({ at, cents, party, words, reference: '', posting });

const SUPPLIERS = [
  ['Talwind Elektronik GmbH', 287_000],
  ['Kupferthal Metallwaren', 615_000],
  ['Ostrabach Kunststoffe', 126_000],
  ['Zirbelkamm Verpackung', 43_000],
  ['Nebelhorst Druck', 18_500],
  ['Wiesengrat Reinigung', 61_000],
  ['Sternquell Software', 149_000],
  ['Morgenfels Logistik', 89_000],
  ['Brisenau Energie', 212_000],
  ['Hollerau Office Supplies', 6_200],
];
const CUSTOMERS = [
  ['Drachensee Laboratories', 1_640_000],
  ['Wolkenried Clinic Supplies', 730_000],
  ['Hagelstein Institute', 2_140_000],
  ['Perlmoos Optics', 385_000],
  ['Tannhagel Research', 204_000],
  ['Federkiel Schools', 57_000],
];

const operatingAccount = () => {
  const rows = [];
  let invoice = 301;
  const receipt = (at, cents, party) =>
    rows.push(movement(at, cents, party, `Invoice RE-2025-${padded(invoice++, 4)}`));
  const payment = (at, cents, party, words, posting) =>
    rows.push({ ...movement(at, -cents, party, words, posting), paid: true });
  for (let monday = day(1, 6); monday <= LAST; monday += 7) {
    for (let i = 0; i < 2; i++) {
      const [party, usual] = CUSTOMERS[below(CUSTOMERS.length)];
      receipt(Math.min(LAST, monday + below(5)), amountOf(party, usual), party);
    }
    for (let i = 0; i < 4; i++) {
      const [party, usual] = SUPPLIERS[below(SUPPLIERS.length)];
      payment(
        Math.min(LAST, monday + below(5)),
        amountOf(party, usual),
        party,
        `Invoice ${padded(10_000 + below(80_000), 5)}`,
      );
    }
  }
  for (let month = 1; month <= 6; month++) {
    payment(workday(day(month, 3)), 190_000, 'Steinmark Property', `Rent ${MONTHS[month - 1]}`);
    rows.push(
      movement(
        workday(day(month, 26)),
        -payrollFunding[month - 1],
        OWNER,
        `Transfer to payroll account ${MONTHS[month - 1]}`,
      ),
    );
    rows.push(
      movement(
        workday(day(month, 28)),
        -2_050 - 137 * month,
        'Sparbank Quarzbrunn',
        `Account fee ${MONTHS[month - 1]}`,
        null,
      ),
    );
  }
  // One invoice of 29,390.00, paid in three parts that each stay below 10,000: the ledger knows the one invoice.
  payment(day(3, 4), 980_000, 'Arvento Consulting', 'Project phase 1 part A', null);
  payment(day(3, 6), 965_000, 'Arvento Consulting', 'Project phase 1 part B', null);
  payment(day(3, 10), 994_000, 'Arvento Consulting', 'Project phase 1 part C', null);
  payment(day(5, 20), 972_000, 'Arvento Consulting', 'Project phase 2');
  // One invoice paid twice, the second time with two digits of its number exchanged.
  payment(day(2, 11), 431_760, 'Talwind Elektronik GmbH', 'Invoice TE-20818');
  payment(day(2, 17), 431_760, 'Talwind Elektronik GmbH', 'Invoice TE-20881', null);
  // The decimal point is two places off: 86.40 is what the ledger says.
  payment(day(4, 24), 864_000, 'Hollerau Office Supplies', 'Invoice 55120', { cents: -8_640 });
  // An innocent price just below 10,000.
  receipt(day(5, 7), 999_000, 'Hagelstein Institute');
  // This receipt is in the ledger and in the balances; its entry was cut out of the file.
  rows.push({ ...movement(day(4, 16), 1_248_000, 'Hagelstein Institute', 'Invoice RE-2025-0299'), hidden: true });
  // This one is in the ledger; between the statements of May and June the account loses it unseen.
  rows.push({
    ...movement(day(6, 1), -250_000, 'Cash advance', 'Managing director, no voucher'),
    hidden: true,
    between: true,
  });
  inOrder(rows);
  let voucher = 1;
  for (const row of rows) if (row.paid) row.reference = `ZL-${padded(voucher++, 4)}`;
  return rows;
};

const payrollFunding = [];
const payrollAccount = () => {
  const rows = [];
  for (let month = 1; month <= 6; month++) {
    const payday = workday(day(month, 27));
    const before = rows.length;
    for (let employee = 1; employee <= 12; employee++) {
      const party = `Employee P-${padded(employee, 2)}`;
      rows.push(movement(payday, -(190_000 + 21_300 * employee + below(30_000)), party, `Salary ${MONTHS[month - 1]}`));
    }
    rows.push(
      movement(
        workday(day(month, 10)),
        -(810_000 + below(90_000)),
        'Revenue Office Quarzbrunn',
        `Wage tax ${MONTHS[month - 1]}`,
      ),
    );
    rows.push(
      movement(
        workday(day(month, 24)),
        -(640_000 + below(70_000)),
        'Lindmark Health Fund',
        `Contributions ${MONTHS[month - 1]}`,
      ),
    );
    const spent = -rows.slice(before).reduce((sum, row) => sum + row.cents, 0);
    payrollFunding.push(spent + below(9_000));
    rows.push(
      movement(workday(day(month, 26)), payrollFunding[month - 1], OWNER, `Funding of salaries ${MONTHS[month - 1]}`),
    );
    rows.push(
      movement(
        workday(day(month, 30 - 2 * Number(month === 2))),
        -1_180 - 73 * month,
        'Sparbank Quarzbrunn',
        `Account fee ${MONTHS[month - 1]}`,
        null,
      ),
    );
  }
  inOrder(rows);
  rows.forEach((row, i) => {
    row.reference = `${iso(row.at).replaceAll('-', '')}-${padded(i + 1, 3)}-Q`;
  });
  return rows;
};

const SHOPS = [
  ['Ebersgrund Fuel', 7_400],
  ['Post Quarzbrunn', 2_900],
  ['Moosgrund Hardware', 13_800],
  ['Hotel Lauterhof', 21_500],
  ['Railway Tickets Nordtal', 5_600],
  ['Kranzberg Courier', 3_700],
];

/** 490.00 to 499.99, never the same twice. */
const refund = () => {
  for (;;) {
    const cents = 49_000 + below(1_000);
    if (drawn.has(`refund ${cents}`)) continue;
    drawn.add(`refund ${cents}`);
    return cents;
  }
};

const branchAccount = () => {
  const rows = [];
  for (let monday = day(1, 6); monday <= LAST; monday += 7) {
    for (let i = 0; i < 2; i++) {
      const [party, usual] = SHOPS[below(SHOPS.length)];
      rows.push({
        ...movement(Math.min(LAST, monday + below(5)), -amountOf(party, usual), party, 'Card payment'),
        slip: true,
      });
    }
    // Refunds that stay just below 500, from where a second signature is needed.
    if (monday < day(6, 16))
      rows.push({ ...movement(monday + below(5), -refund(), 'Branch manager', 'Refund of expenses'), slip: true });
  }
  for (let month = 1; month <= 6; month++) {
    rows.push({
      ...movement(
        workday(day(month, 2)),
        amountOf('Counter sales', 260_000 + 40_000 * month),
        'Counter sales',
        `Cash deposit ${MONTHS[month - 1]}`,
      ),
      slip: true,
    });
    rows.push(
      movement(
        workday(day(month, 29 - Number(month === 2))),
        -730 - 41 * month,
        'Sparbank Quarzbrunn',
        `Account fee ${MONTHS[month - 1]}`,
        null,
      ),
    );
  }
  // Equal amounts close together, no voucher on either: which belongs to which is for a person to say.
  for (const date of [12, 14, 17])
    rows.push(
      movement(day(3, date), -20_000, 'Cash machine', 'Withdrawal', { party: 'Cash box', words: 'Refill', lag: 1 }),
    );
  // The same line twice, as when two exports overlap.
  const twice = { ...movement(day(2, 19), -18_640, 'Hotel Lauterhof', 'Card payment'), slip: true };
  rows.push(twice);
  // The same purchase once more two days later, without a voucher.
  rows.push({ ...movement(day(5, 13), -8_430, 'Ebersgrund Fuel', 'Card payment'), slip: true });
  rows.push(movement(day(5, 15), -8_430, 'Ebersgrund Fuel', 'Card payment', null));
  // A Sunday on which the account moves fourteen times; the ledger knows nothing of it.
  for (let i = 0; i < 14; i++)
    rows.push(
      movement(day(6, 15), -amountOf('Vireo Wallet', 11_500), 'Vireo Wallet', `Top-up ${padded(i + 1, 2)}`, null),
    );
  // Rows that nobody can read: the file is damaged there.
  rows.push({
    ...movement(day(2, 28), -7_715, 'Moosgrund Hardware', 'Card payment', null),
    slip: true,
    spoilDate: '30.02.2025',
  });
  rows.push({ ...movement(day(4, 8), -1_250, 'Kranzberg Courier', 'Card payment', null), spoilAmount: '-12x,50' });
  rows.push({ ...movement(day(5, 27), -3_300, 'Post Quarzbrunn', 'Card payment', null), spoilAmount: 'n/a' });
  inOrder(rows);
  let slip = 1;
  for (const row of rows) {
    if (!row.slip) continue;
    // Three vouchers are missing.
    if (slip === 37) slip = 40;
    row.reference = `KB-${padded(slip++, 4)}`;
  }
  rows.splice(rows.indexOf(twice), 0, { ...twice, posting: null, repeated: true });
  return rows;
};

const inOrder = rows => {
  rows.forEach((row, i) => {
    row.made = i;
  });
  rows.sort((a, b) => a.at - b.at || a.made - b.made);
};

const xml = words => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const camt = rows => {
  let balance = 18_425_000;
  const statements = MONTHS.map((name, i) => {
    const month = i + 1;
    const own = rows.filter(row => monthOf(row.at) === month);
    for (const row of own) if (row.between) balance += row.cents;
    const opening = balance;
    for (const row of own) if (!row.between) balance += row.cents;
    const first = iso(day(month, 1));
    const last = iso(day(month + 1, 1) - 1);
    return `  <Stmt>
   <Id>QB-2025-${padded(month, 2)}</Id>
   <CreDtTm>${last}T20:00:00</CreDtTm>
   <FrToDt><FrDtTm>${first}T00:00:00</FrDtTm><ToDtTm>${last}T23:59:59</ToDtTm></FrToDt>
   <Acct><Id><IBAN>${OPERATING}</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>${OWNER}</Nm></Ownr><Svcr><FinInstnId><Nm>Sparbank Quarzbrunn</Nm></FinInstnId></Svcr></Acct>
${camtBalance('OPBD', opening, first)}
${camtBalance('CLBD', balance, last)}
${own
  .filter(row => !row.hidden)
  .map(camtEntry)
  .join('\n')}${name === 'June' ? `\n${PENDING}` : ''}
  </Stmt>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
 <BkToCstmrStmt>
  <GrpHdr><MsgId>QB-2025-H1</MsgId><CreDtTm>2025-07-01T06:00:00</CreDtTm></GrpHdr>
${statements.join('\n')}
 </BkToCstmrStmt>
</Document>
`;
};

const camtBalance = (code, cents, date) =>
  `   <Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${text(Math.abs(cents))}</Amt><CdtDbtInd>${cents < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>${date}</Dt></Dt></Bal>`;

const camtEntry = ({ at, cents, party, words, reference }) => {
  const out = cents < 0;
  const role = out ? 'Cdtr' : 'Dbtr';
  return `   <Ntry><Amt Ccy="EUR">${text(Math.abs(cents))}</Amt><CdtDbtInd>${out ? 'DBIT' : 'CRDT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${iso(at)}</Dt></BookgDt><ValDt><Dt>${iso(at)}</Dt></ValDt><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>${out ? 'ICDT' : 'RCDT'}</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>${reference || 'NOTPROVIDED'}</EndToEndId></Refs><RltdPties><${role}><Pty><Nm>${xml(party)}</Nm></Pty></${role}></RltdPties><RmtInf><Ustrd>${xml(words)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
};

/** Announced, not booked: no part of the balance. */
const PENDING = `   <Ntry><Amt Ccy="EUR">1874.20</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts><BookgDt><Dt>2025-06-30</Dt></BookgDt><NtryDtls><TxDtls><RltdPties><Cdtr><Pty><Nm>Brisenau Energie</Nm></Pty></Cdtr></RltdPties><RmtInf><Ustrd>Direct debit announced</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;

const ofx = rows => {
  const stamp = at => iso(at).replaceAll('-', '');
  const transactions = rows.map(
    ({ at, cents, party, words, reference }) =>
      `<STMTTRN><TRNTYPE>${cents < 0 ? 'DEBIT' : 'CREDIT'}<DTPOSTED>${stamp(at)}<TRNAMT>${text(cents)}<FITID>${reference}<NAME>${party}<MEMO>${words}</STMTTRN>`,
  );
  // A day that no calendar has.
  transactions.splice(
    40,
    0,
    '<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20250399<TRNAMT>-35.00<FITID>20250399-999-Q<NAME>Lindmark Health Fund<MEMO>Late payment charge</STMTTRN>',
  );
  const closing = 2_140_000 + rows.reduce((sum, row) => sum + row.cents, 0);
  return `OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20250701060000<LANGUAGE>ENG<FI><ORG>Sparbank Quarzbrunn<FID>4711</FI></SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>0<STATUS><CODE>0<SEVERITY>INFO</STATUS>
<STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>SPQB<ACCTID>${PAYROLL}<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20250101<DTEND>20250630
${transactions.join('\n')}
</BANKTRANLIST>
<LEDGERBAL><BALAMT>${text(closing)}<DTASOF>20250630</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1>
</OFX>
`;
};

/** 1.234,56 */
const german = cents => {
  const [units, decimals] = text(cents).split('.');
  return `${units.replace(/\B(?=(\d{3})+$)/g, '.')},${decimals}`;
};
const germanDate = at => iso(at).split('-').reverse().join('.');

const branchCsv = rows => {
  let balance = 1_284_000;
  const lines = rows.map(row => {
    if (!row.repeated) balance += row.cents;
    row.balance = row.repeated ? balance + row.cents : balance;
    return [
      BRANCH,
      row.spoilDate ?? germanDate(row.at),
      germanDate(row.at),
      row.party,
      row.words,
      row.spoilAmount ?? german(row.cents),
      'EUR',
      german(row.balance),
      row.reference,
    ].join(';');
  });
  // The last line of the export is cut off.
  lines.push(`${BRANCH};30.06.2025;30.06.2025;Post Quarzb`);
  return `Sparbank Quarzbrunn;Umsätze des Kontos\nInhaber;${OWNER} (Außenstelle)\n\nAuftragskonto;Buchungstag;Wertstellung;Name Zahlungsbeteiligter;Verwendungszweck;Betrag;Währung;Saldo nach Buchung;Kundenreferenz\n${lines.join('\n')}\n`;
};

const ledgerCsv = accounts => {
  const postings = [];
  const post = (account, at, voucher, party, words, cents) =>
    postings.push({ account, at, voucher, party, words, cents });
  for (const [account, rows] of accounts)
    for (const row of rows) {
      if (row.posting === null) continue;
      const lag = row.posting.lag ?? [0, 0, 0, 1, 1, 2][below(6)];
      const at = row.hidden ? row.at : Math.max(day(1, 2), row.cents < 0 ? row.at - lag : Math.min(LAST, row.at + lag));
      const invoice = /RE-2025-\d+/.exec(row.words)?.[0];
      const voucher = account === '1210' ? `LB-${padded(postings.length + 1, 4)}` : (invoice ?? row.reference);
      post(
        account,
        at,
        row.posting.party === undefined ? voucher : '',
        row.posting.party ?? row.party,
        row.posting.words ?? row.words,
        row.posting.cents ?? row.cents,
      );
    }
  post('1200', day(3, 10), 'ER-0619', 'Arvento Consulting', 'Project phase 1, invoice of 29,390.00', -2_939_000);
  post('1200', day(6, 27), 'CH-1042', 'Nebelhorst Druck', 'Cheque 1042, not yet presented', -21_235);
  postings.sort((a, b) => a.at - b.at || a.account.localeCompare(b.account));
  const quoted = words => (words.includes(',') ? `"${words}"` : words);
  const lines = postings.map(({ account, at, voucher, party, words, cents }) =>
    [iso(at), voucher, account, quoted(party), quoted(words), text(cents), 'EUR'].join(','),
  );
  lines.splice(200, 0, '2025-04-11,ER-0655,1200,Sternquell Software,Licence renewal,see voucher,EUR');
  return `Posting date,Voucher,Account,Counterparty,Text,Amount,Currency\n${lines.join('\n')}\n`;
};

const payroll = payrollAccount();
const operating = operatingAccount();
const branch = branchAccount();
const files = [
  ['bank/branch-account.csv', Buffer.from(branchCsv(branch), 'latin1')],
  ['bank/operating-account.camt053.xml', Buffer.from(camt(operating), 'utf8')],
  ['bank/payroll-account.ofx', Buffer.from(ofx(payroll), 'latin1')],
  [
    'ledger/general-ledger.csv',
    Buffer.from(
      ledgerCsv([
        ['1200', operating],
        ['1210', payroll],
        ['1220', branch],
      ]),
      'utf8',
    ),
  ],
];
const folder = process.argv[2] ?? fileURLToPath(new URL('../resources/sample-examination/', import.meta.url));
for (const [name, bytes] of files) {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), bytes);
}
process.stdout.write(`${files.map(([name, bytes]) => `${name}: ${bytes.length} bytes`).join('\n')}\n`);
