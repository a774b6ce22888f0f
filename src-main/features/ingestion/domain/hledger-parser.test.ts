import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { createHledgerParser } from './hledger-parser.ts';
import { ledgerRefusal, readLedger } from './testing/plaintext-ledger.ts';

/** Rules of the hledger journal format (hledger manual) and of the Ledger 3 manual. */
const read = (text: string, overrides: Record<string, string> = {}) =>
  readLedger(createHledgerParser, text, { overrides });
const amounts = (text: string): string[] => read(text).lines.map(line => line.slice(11));
const entry = (...postings: string[]): string =>
  ['2024-01-15 x', ...postings.map(each => `    ${each}`), ''].join('\n');

describe('entries', () => {
  it('reads date, secondary date, status, code, payee and note, comments', () => {
    const { sink, lines, told } = read(
      [
        '; a comment',
        '2024/1/5=2024.2.6 * (17) Zoo Ltd | Tickets  ; paid by card',
        '    Expenses:Fun Time  €12,50  ; for two',
        '    ! Assets:Bank',
        '    ; a note of the posting',
        '2024-02-01',
        '    A:B  5 EUR',
        '    C',
        '',
      ].join('\n'),
    );
    expect(lines).toEqual([
      '2024-01-05 Expenses:Fun Time 12.50 €',
      '2024-01-05 Assets:Bank -12.50 €',
      '2024-02-01 A:B 5 EUR',
      '2024-02-01 C -5 EUR',
    ]);
    const [first, second] = sink.transactions;
    expect(first).toMatchObject({
      counterparty: 'Zoo Ltd',
      description: 'Tickets; for two',
      reference: '17',
      type: 'cleared',
      entry: '1',
      place: { row: 3 },
    });
    expect(isoDate(first!.valueDate)).toBe('2024-02-06');
    expect(second).toMatchObject({ description: 'Tickets; a note of the posting', type: 'pending' });
    expect(sink.transactions[2]).toMatchObject({ description: '', valueDate: UNKNOWN_DAY, entry: '2' });
    expect(sink.counts).toEqual([2]);
    expect(told).toEqual([]);
  });

  it('takes dates of postings from their comments, in the styles of ledger and of hledger', () => {
    const { sink } = read(
      entry('A  1 X  ; [2024/02/01=2024/03/01]', 'B  1 X  ; date:2024-04-01, date2:5/1', 'C  -2 X', '; [=2024/06/01]'),
    );
    expect(sink.transactions.map(each => [isoDate(each.bookingDate), isoDate(each.valueDate)])).toEqual([
      ['2024-02-01', '2024-03-01'],
      ['2024-04-01', '2024-05-01'],
      ['2024-01-15', '2024-06-01'],
    ]);
    expect(sink.transactions.map(each => each.description)).toEqual(['x', 'x', 'x']);
  });

  it('takes the year of dates without one from Y, year and apply year', () => {
    const days = read('Y2020\n1/2 a\n  A  1\n  B\nyear 2021\n1/2 b\n  A  1\n  B\n1/2=3/4 c\n  A  1\n  B\n').lines;
    expect(days.filter((_, i) => i % 2 === 0).map(each => each.slice(0, 10))).toEqual([
      '2020-01-02',
      '2021-01-02',
      '2021-01-02',
    ]);
    const without = read('1/2 a\n  A  1\n  B\n').sink;
    expect(without.rejected.map(each => each.reason)).toEqual([
      'the date "1/2" has no year, and no Y directive gives one',
      'the date "1/2" has no year, and no Y directive gives one',
    ]);
  });

  it('asks for the order of dates with the year behind, unless a date proves it', () => {
    const text = '03/04/2024 a\n  A  1\n  B\n';
    expect(ledgerRefusal(createHledgerParser, text)).toMatchObject({
      code: 'dialect.ambiguous',
      candidates: { dateOrder: ['dmy', 'mdy'] },
    });
    expect(read(text, { dateOrder: 'dmy' }).lines[0]!.slice(0, 10)).toBe('2024-04-03');
    expect(read(`${text}31/01/2024 b\n  A  1\n  B\n`).lines[0]!.slice(0, 10)).toBe('2024-04-03');
    expect(read('70/12/31 a\n  A  1\n  B\n').lines[0]!.slice(0, 10)).toBe('1970-12-31');
    expect(ledgerRefusal(createHledgerParser, '04/05/06 a\n  A  1\n  B\n').candidates).toEqual({
      dateOrder: ['ymd', 'dmy', 'mdy'],
    });
  });
});

describe('amounts', () => {
  it.each([
    ['$-1,000.50', '-1000.50 $'],
    ['-$10', '-10 $'],
    ['$ 10.00', '10.00 $'],
    ['10 USD', '10 USD'],
    ['USD 10', '10 USD'],
    ['-10,5€', '-10.5 €'],
    ['"Orb of 3" 2', '2 Orb of 3'],
    ['2 "Orb of 3"', '2 Orb of 3'],
    ['1 000,50 SEK', '1000.50 SEK'],
    ['1.000.000 X', '1000000 X'],
    ['1,00,000.00 INR', '100000.00 INR'],
    ["1'000.00 CHF", '1000.00 CHF'],
    ['1E3 X', '1000 X'],
    ['.5 X', '0.5 X'],
    ['10. X', '10 X'],
    ['(10 * 3 X)', '30 X'],
    ['($10 / 4)', '2.5 $'],
    ['-(2 X + 1 X)', '-3 X'],
  ])('%s is %s', (written, expected) => {
    expect(amounts(entry(`A  ${written}`, 'B'))[0]).toBe(`A ${expected}`);
  });

  it('takes a lone mark before three digits as the journal shows it elsewhere', () => {
    expect(amounts(`${entry('A  1,234 $', 'B')}${entry('A  0.50 $', 'B')}`)[0]).toBe('A 1234 $');
    expect(amounts(`${entry('A  1,234 $', 'B')}${entry('A  0,50 $', 'B')}`)[0]).toBe('A 1.234 $');
    expect(amounts(`commodity $1,000.00\n${entry('A  $1,234', 'B')}`)[0]).toBe('A 1234 $');
    expect(amounts(`commodity $\n  format $1.000,00\n${entry('A  $1.234', 'B')}`)[0]).toBe('A 1234 $');
    expect(amounts(`D 1.000,00 €\n${entry('A  1.234', 'B')}`)[0]).toBe('A 1234 €');
    expect(amounts(`decimal-mark ,\n${entry('A  1.234 X', 'B')}`)[0]).toBe('A 1234 X');
    // The evidence of another commodity counts where there is none of its own.
    expect(amounts(`${entry('A  1,234 $', 'B')}${entry('A  0.50 €', 'B')}`)[0]).toBe('A 1234 $');
    // hledger and ledger both read a lone point as decimal.
    expect(amounts(entry('A  82.591 FUND', 'B'))[0]).toBe('A 82.591 FUND');
  });

  it('asks where programs read a number differently and nothing tells', () => {
    const text = entry('A  1,234 $', 'B');
    expect(ledgerRefusal(createHledgerParser, text)).toMatchObject({
      code: 'dialect.ambiguous',
      row: 2,
      candidates: { decimalSign: ['.', ','] },
    });
    expect(read(text, { decimalSign: '.' }).lines[0]).toContain('1234 $');
    expect(read(text, { decimalSign: ',' }).lines[0]).toContain('1.234 $');
    const both = `${text}${entry('A  0.50 $', 'B')}${entry('A  0,50 $', 'B')}`;
    expect(ledgerRefusal(createHledgerParser, both).code).toBe('dialect.ambiguous');
  });

  it('weighs by @ and @@, and leaves lots and their dates aside', () => {
    const text = entry('A  10 T {$10.50} [2024-01-01] (lot) @ $10.50', 'A  -2 T @@ $21', 'A  1 E (@) $1', 'B');
    // 10 × 10.50 − 21 + 1 × 1
    expect(amounts(text)).toEqual(['A 10 T', 'A -2 T', 'A 1 E', 'B -85 $']);
  });

  it('takes two commodities left over as an exchange', () => {
    const { sink, parser, told } = read(entry('A  10 T', 'B  $-100'));
    expect(told).toEqual([]);
    expect(sink.warnings.map(each => each.message)).toEqual([
      'The amounts are in 2 currencies or commodities (T, $): totals over all of them mean nothing.',
    ]);
    expect(parser.dialect().exchanges).toBe(1);
    expect(read(entry('A  10 T', 'B  $100')).told).toEqual(['ledger.entry-unbalanced']);
    expect(read(entry('A  10 T @ $1', 'B  5 U', 'C  $-9')).told).toEqual(['ledger.entry-unbalanced']);
  });

  it('books a lot sold at another price by its cost or by its lot, whichever balances', () => {
    const byLot = entry('A  -10 T {$30} @ $40', 'B  $400', 'C  $-100');
    const byCost = entry('A  -10 T {$30} @ $40', 'B  $400');
    expect(read(byLot).told).toEqual([]);
    expect(read(byCost).told).toEqual([]);
    expect(read(entry('A  -10 T {$30} @ $40', 'B')).sink.rejected[0]!.reason).toContain('programs differ');
  });

  it('converts between units of the same money (C)', () => {
    const units = 'C 1.00G = 100s\nC 1s = 100c\n';
    expect(amounts(`${units}${entry('A  1G', 'B  50s', 'C')}`)).toEqual(['A 1 G', 'B 50 s', 'C -15000 c']);
    expect(amounts(`${units}${entry('A  1G', 'B  2G', 'C')}`)[2]).toBe('C -3 G');
    expect(read(`${units}${entry('A  1G', 'B  -100s')}`).told).toEqual([]);
  });

  it.each([
    [['A  1 X', 'B', 'C'], 2, '2 postings of the entry have no amount: only one can be inferred'],
    [['(A)'], 1, 'a virtual posting in parentheses has no amount, and nothing to infer it from'],
    [['A  (1 X / 3)'], 1, 'the amount cannot be kept exactly: it has more than 9 decimals or 2^53 units'],
    [['A  (1 X / 0)'], 1, 'the value expression divides by zero'],
    [['A  (1 X + 1 Y)'], 1, 'the value expression combines X and Y'],
    [['A  (foo * 2)'], 1, '"(foo * 2)" is no amount'],
    [['A  1 X Y'], 1, '"1 X Y" is no amount that can be read: "Y" is left over'],
    [['A  9007199254740993 X'], 1, 'the amount cannot be kept exactly: it has more than 9 decimals or 2^53 units'],
  ])('rejects %j', (postings, count, reason) => {
    const { sink } = read(entry(...postings));
    expect(sink.rejected.map(each => each.reason)).toEqual(Array.from({ length: count }, () => reason));
    expect(sink.transactions.length + sink.rejected.length).toBe(postings.length);
  });

  it('infers nothing of an entry with an unreadable posting, and says that it is not whole', () => {
    const { sink } = read(entry('A  1 X', 'B  ?', 'C'));
    expect(sink.transactions.map(each => each.ledgerAccount)).toEqual(['A']);
    expect(sink.rejected.map(each => each.place.row)).toEqual([3, 4]);
    expect(sink.codes).toEqual(['ledger.entry-incomplete']);
  });
});

describe('postings', () => {
  it('balances virtual postings apart: none in parentheses, brackets among themselves', () => {
    const { sink, lines } = read(entry('A  1 X', 'B', '(V)  7 X', '[W]  3 X', '[U]'));
    expect(lines.map(each => each.slice(11))).toEqual(['A 1 X', 'B -1 X', 'V 7 X', 'W 3 X', 'U -3 X']);
    expect(sink.transactions.map(each => each.type)).toEqual(['', '', 'virtual', 'virtual', 'virtual']);
    expect(sink.warnings).toEqual([]);
  });

  it('tells an imbalance, but not one below the decimals of the commodity', () => {
    expect(read(entry('A  1.00 X', 'B  -0.99 X')).sink.warnings).toEqual([
      {
        row: 1,
        code: 'ledger.entry-unbalanced',
        message: 'The entry of line 1 (x) does not balance: 0.01 X are left over.',
      },
    ]);
    expect(read(entry('A  31.704 T @ $2.94', 'B  $-93.21')).told).toEqual([]);
  });

  it('checks balance assertions, and infers what one assigns', () => {
    const text = `${entry('A  10 X = 10 X', 'B')}${entry('A  5 X = 16 X', 'B')}${entry('A  = 20 X', 'B')}`;
    const { sink, lines } = read(text);
    expect(lines.slice(-2).map(each => each.slice(11))).toEqual(['A 5 X', 'B -5 X']);
    expect(sink.warnings).toEqual([
      {
        row: 5,
        code: 'ledger.balance-assertion',
        message: 'A balance assertion does not hold: A is asserted at 16 X and comes to 15 X.',
      },
    ]);
  });

  it('accepts assertions in the order of the file or of the dates, and assigns nothing where they differ', () => {
    const unsorted = '2024-02-01 a\n  A  5 X = 15 X\n  B\n2024-01-01 b\n  A  10 X = 10 X\n  B\n';
    expect(read(unsorted).told).toEqual([]);
    expect(read(`${unsorted}2024-03-01 c\n  A  = 20 X\n  B\n`).sink.rejected[0]!.reason).toContain(
      'do not stand in the order of their dates',
    );
  });

  it('checks == for other commodities and =* with subaccounts', () => {
    expect(read(entry('A  1 X', 'A  1 Y == 1 Y', 'B')).told).toEqual(['ledger.balance-assertion']);
    expect(read(entry('A:S  1 X', 'A  1 X =* 2 X', 'B')).told).toEqual([]);
  });

  it('tells an account name that ends like an amount', () => {
    expect(read(entry('A $20', 'B  5 X', 'C')).told).toContain('plaintext.single-blank');
  });
});

describe('directives', () => {
  it('applies parents and aliases of accounts where they stand', () => {
    const text = `apply account P\nalias bank = Assets:Bank\n${entry('bank:Giro  1 X', 'B')}end apply account\n${entry('bank:Giro  1 X', 'B')}end aliases\n${entry('bank  1 X', 'B')}account Full:Name\n    alias short\n${entry('short  1 X', 'B')}`;
    expect(amounts(text).filter((_, i) => i % 2 === 0)).toEqual([
      'P:bank:Giro 1 X',
      'Assets:Bank:Giro 1 X',
      'bank 1 X',
      'Full:Name 1 X',
    ]);
  });

  it('books no automated and no periodic entries, and counts prices', () => {
    const { sink, parser } = read(
      `= /Income/\n  (T)  0.1\n\n~ monthly\n  A  1 X\n  B\n\nP 2024-01-01 EUR $1.10\n${entry('A  1 X', 'B')}`,
    );
    expect(sink.counts).toEqual([1]);
    expect(sink.codes).toEqual(['plaintext.automated', 'plaintext.periodic']);
    expect(parser.dialect().marketPrices).toBe(1);
  });

  it('tells files it does not read', () => {
    const { sink } = read(`include other.journal\n!include more.journal\n${entry('A  1 X', 'B')}`);
    expect(sink.warnings.map(each => each.message)).toEqual([
      'The journal includes "other.journal", another file: it is not read',
      'The journal includes "more.journal", another file: it is not read',
    ]);
  });

  it('passes over comments, and keeps what it does not know as rejected', () => {
    const { sink } = read(
      `# x\n* y\ncomment\n2024-01-01 no entry\nend comment\nfrobnicate 1\n    indented\ni 2024-01-01 08:00:00 a:b\n\n  lost posting  1 X\n${entry('A  1 X', 'B')}`,
    );
    expect(sink.counts).toEqual([1]);
    expect(sink.rejected.map(each => each.reason)).toEqual([
      'the line is neither an entry nor a directive that is known ("frobnicate")',
      'a time clock line states no money',
      'an indented line belongs to no entry',
    ]);
  });

  it('takes amounts without commodity as of the default one (D)', () => {
    expect(amounts(`D $1,000.00\n${entry('A  5', 'B')}`)).toEqual(['A 5 $', 'B -5 $']);
    expect(read(entry('A  5', 'B')).sink.transactions[0]!.currency).toBeNull();
  });

  it('refuses settings it does not know and UTF-16', () => {
    expect(ledgerRefusal(createHledgerParser, '', { delimiter: ';' }).code).toBe('dialect.unknown');
    expect(ledgerRefusal(createHledgerParser, '', { dateOrder: 'x' }).code).toBe('dialect.unknown');
    expect(ledgerRefusal(createHledgerParser, '', { decimalSign: 'x' }).code).toBe('dialect.unknown');
    expect(ledgerRefusal(createHledgerParser, new Uint8Array([0xfe, 0xff, 0, 0x32])).code).toBe('text.encoding');
  });
});

describe('any journal', () => {
  it('chunks of bytes never change the outcome, and every posting is booked or rejected', () => {
    const value = fc.constantFrom('', '1 X', '-2.50 Y', '1 X @ 2 Y', '{', '= 1 X', '(1 X / 3)', '"', '1 X ; c', '@');
    const posting = fc
      .tuple(fc.constantFrom('A', '[A]', '(A)', '* B', '"'), value)
      .map(parts => `  ${parts.join('  ')}`);
    fc.assert(
      fc.property(
        fc.array(fc.array(posting, { maxLength: 4 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 30 }),
        (entries, size) => {
          const text = entries.map(postings => ['2024-01-15 x', ...postings, ''].join('\n')).join('\n');
          const whole = read(text).sink;
          expect(readLedger(createHledgerParser, text, { size }).sink).toEqual(whole);
          const places = new Set([...whole.transactions, ...whole.rejected].map(each => each.place.row));
          expect(places.size).toBe(entries.flat().length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('an inferred amount brings its entry to zero exactly', () => {
    const cents = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 8 }), values => {
        const { sink } = read(entry(...values.map(value => `A  ${(value / 100).toFixed(2)} X`), 'B'));
        const sum = sink.transactions.reduce((total, { amount }) => total + amount.units * 10 ** (2 - amount.scale), 0);
        expect(sum).toBe(0);
        expect(sink.transactions.length).toBe(values.length + 1);
      }),
    );
  });
});
