import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBeancountParser } from './beancount-parser.ts';
import { ledgerRefusal, readLedger } from './testing/plaintext-ledger.ts';

/** Rules of the Beancount Language Syntax and of "Precision & Tolerances" (beancount.github.io/docs). */
const read = (text: string) => readLedger(createBeancountParser, text);
const reasons = (text: string) => read(text).sink.rejected.map(each => each.reason);

describe('beancount', () => {
  it('reads transactions: flag, payee, narration, links, postings', () => {
    const { sink, lines } = read(
      [
        'option "title" "My books"',
        'option "operating_currency" "EUR"',
        '2024-01-01 open Assets:Bank EUR',
        '2024-01-15 * "Café \\"Zoo\\"" "Lunch" #food ^inv-7',
        '  receipt: "a.pdf"',
        '  Expenses:Food   1,012.50 EUR ; with tip',
        '    note: "x"',
        '  ! Assets:Bank  -1,012.50 EUR',
        '',
        '2024/01/16 txn "Only narration"',
        '  Assets:Bank  5 EUR',
        '  Income:Gift',
      ].join('\n'),
    );
    expect(lines).toEqual([
      '2024-01-15 Expenses:Food 1012.50 EUR',
      '2024-01-15 Assets:Bank -1012.50 EUR',
      '2024-01-16 Assets:Bank 5 EUR',
      '2024-01-16 Income:Gift -5 EUR',
    ]);
    expect(sink.transactions[0]).toMatchObject({
      counterparty: 'Café "Zoo"',
      description: 'Lunch',
      reference: 'inv-7',
      type: 'cleared',
      entry: '1',
    });
    expect(sink.transactions.map(each => each.type)).toEqual(['cleared', 'pending', 'cleared', 'cleared']);
    expect(sink.headers[0]).toMatchObject({ owner: 'My books', currency: 'EUR' });
    expect(sink.counts).toEqual([2]);
    expect(sink.warnings).toEqual([]);
  });

  it.each([
    ['cost each', '10 HOOL {50.25 USD}', '-502.5'],
    ['cost each with date and label', '10 HOOL {50.25 USD, 2024-01-01, "lot"}', '-502.5'],
    ['cost in all', '-3 HOOL {{100 USD}}', '100'],
    ['cost each and in all', '10 HOOL {50 # 9.95 USD}', '-509.95'],
    ['cost before price', '-10 HOOL {50 USD} @ 60 USD', '500'],
    ['price each', '10 EUR @ 1.1 USD', '-11'],
    ['price in all', '-10 EUR @@ 11.37 USD', '11.37'],
    ['arithmetic', '(1 + 2) * -4 / 3 USD', '4'],
  ])('weighs a posting by its %s', (_, value, expected) => {
    const { lines } = read(`2024-01-15 * "x"\n  Assets:A  ${value}\n  Assets:B\n`);
    expect(lines[1]).toBe(`2024-01-15 Assets:B ${expected} USD`);
  });

  it('rounds an inferred amount to the decimals its currency has in the transaction, half to even', () => {
    const { lines } = read('2024-01-15 * "x"\n  Assets:A  3 HOOL {33.335 USD}\n  Expenses:Fee  1.00 USD\n  Assets:B\n');
    // 3 × 33.335 + 1.00 = 101.005, which is 101.00 to even.
    expect(lines.at(-1)).toBe('2024-01-15 Assets:B -101.00 USD');
  });

  it('infers one posting in several currencies', () => {
    const { lines } = read('2024-01-15 * "x"\n  Assets:A  1 USD\n  Assets:B  2 EUR\n  Equity:C\n');
    expect(lines.slice(2)).toEqual(['2024-01-15 Equity:C -1 USD', '2024-01-15 Equity:C -2 EUR']);
  });

  it('infers the number of a posting that names its currency', () => {
    const { lines } = read(
      '2024-01-15 * "x"\n  Assets:A  1 USD\n  Assets:B  2 EUR\n  Equity:C  EUR\n  Equity:D  USD\n',
    );
    expect(lines.slice(2)).toEqual(['2024-01-15 Equity:C -2 EUR', '2024-01-15 Equity:D -1 USD']);
  });

  it('tells what does not balance beyond its tolerance, and leaves the rest', () => {
    const within = read('2024-01-15 * "x"\n  Assets:A  31.704 T {2.94 USD}\n  Assets:B  -93.21 USD\n');
    expect(within.told).toEqual([]);
    const beyond = read('2024-01-15 * "x"\n  Assets:A  10.00 USD\n  Assets:B  -9.99 USD\n');
    expect(beyond.sink.warnings).toEqual([
      {
        row: 1,
        code: 'ledger.entry-unbalanced',
        message: 'The transaction of line 1 (x) does not balance: 0.01 USD are left over.',
      },
    ]);
  });

  it.each([
    [
      'two left out',
      '  Assets:A  1 USD\n  Assets:B\n  Assets:C\n',
      [
        '2 postings of the transaction have no amount: only one can be inferred',
        '2 postings of the transaction have no amount: only one can be inferred',
      ],
    ],
    [
      'a lot to be matched',
      '  Assets:A  -5 HOOL {}\n  Assets:B\n',
      ['its amount was left out, and the weight of another posting of the transaction is not known'],
    ],
    ['nothing to infer from', '  Assets:B\n', ['its amount was left out, and there is nothing to infer it from']],
    [
      'no exact value',
      '  Assets:A  10/3 USD\n',
      ['the amount cannot be kept exactly: it has more than 9 decimals or 2^53 units'],
    ],
    ['a division by zero', '  Assets:A  1/0 USD\n', ['the amount divides by zero']],
    ['no account', '  assets  1 USD\n', ['the line is no posting: it begins with no account']],
    ['a number without currency', '  Assets:A  1\n', ['the amount has no currency']],
    [
      'a cost that does not close',
      '  Assets:A  1 T {2 USD &\n',
      ['"1 T {2 USD &" is no amount that can be read: "&" is left over'],
    ],
    ['something behind', '  Assets:A  1 USD USD\n', ['"1 USD USD" is no amount that can be read: "USD" is left over']],
  ])('rejects postings with %s', (_, postings, expected) => {
    const { sink } = read(`2024-01-15 * "x"\n${postings}`);
    expect(sink.rejected.map(each => each.reason)).toEqual(expected);
    expect(sink.codes).toContain('ledger.entry-incomplete');
  });

  it('rejects transactions whose day is none, with their postings, and lines that are no directive', () => {
    expect(
      reasons('2024-02-30 * "x"\n  Assets:A  1 USD\n\nfoo bar\n  Assets:B  1 USD\n2024-01-01 frob Assets:A\n'),
    ).toEqual([
      'the date "2024-02-30" is not a day of the calendar',
      'an indented line belongs to no directive',
      'the line is no directive',
      'an indented line belongs to no directive',
      'the directive is not known',
    ]);
  });

  it('passes over headings, comments and metadata', () => {
    const { sink } = read('* Options\n# x\n; y\n2024-01-01 open Assets:A\n  key: "v"\n2024-01-01 price EUR 1.1 USD\n');
    expect(sink.rejected).toEqual([]);
    expect(sink.codes).toEqual(['plaintext.no-entries']);
  });

  it('checks balances at the beginning of the day, with subaccounts and twice the tolerance, but not padded ones', () => {
    const base = '2024-01-15 * "x"\n  Assets:A:B  10.004 USD\n  Equity:C\n';
    const broken = (balance: string) =>
      read(`${base}${balance}\n`).sink.warnings.filter(each => each.code === 'ledger.balance-assertion');
    expect(broken('2024-01-16 balance Assets:A 10.00 USD')).toEqual([]);
    expect(broken('2024-01-16 balance Assets:A 10.1 ~ 0.2 USD')).toEqual([]);
    expect(broken('2024-01-15 balance Assets:A 0 USD')).toEqual([]);
    expect(broken('2024-01-16 balance Assets:A 11 USD')[0]!.message).toBe(
      'A balance directive does not hold: Assets:A is asserted at 11 USD and comes to 10.004.',
    );
    expect(broken('2024-01-15 pad Assets:A Equity:C\n2024-01-16 balance Assets:A 11 USD')).toEqual([]);
  });

  it('tells files, plugins and pads that it does not follow', () => {
    expect(read('include "x.bean"\nplugin "p"\n2024-01-01 pad Assets:A Equity:B\n').sink.codes).toEqual([
      'plaintext.include',
      'plaintext.plugin',
      'plaintext.pad',
      'plaintext.no-entries',
    ]);
  });

  it('reads strings over several lines, and loses nothing in one whose quote never closes', () => {
    const { sink, lines } = read('2024-01-15 * "a\nb" "c"\n  Assets:A  1 USD\n  Assets:B\n');
    expect(sink.transactions[0]).toMatchObject({ counterparty: 'a\nb', description: 'c' });
    expect(lines.length).toBe(2);
    const broken = read(
      '2024-01-15 * "a\n  Assets:A  1 USD\n  Assets:B\n\n2024-01-16 * "b"\n  Assets:A  2 USD\n  Assets:B\n',
    );
    expect(broken.lines.length).toBe(4);
    expect(broken.sink.codes).toEqual(['plaintext.heading']);
  });

  it('refuses UTF-16', () => {
    expect(ledgerRefusal(createBeancountParser, new Uint8Array([0xff, 0xfe, 0x32, 0])).code).toBe('text.encoding');
  });

  it('chunks of bytes never change the outcome, and every posting is booked or rejected', () => {
    const value = fc.constantFrom('', '1 USD', '-2.50 EUR', 'x', '{', '1 USD @ 2 EUR', '3 T {', '"');
    const posting = value.map(each => `  Assets:A  ${each}`);
    fc.assert(
      fc.property(
        fc.array(fc.array(posting, { maxLength: 4 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 30 }),
        (entries, size) => {
          const text = entries.map(postings => ['2024-01-15 * "x"', ...postings, ''].join('\n')).join('\n');
          const whole = read(text).sink;
          expect(readLedger(createBeancountParser, text, { size }).sink).toEqual(whole);
          const places = new Set([...whole.transactions, ...whole.rejected].map(each => each.place.row));
          expect(places.size).toBe(entries.flat().length);
        },
      ),
      { numRuns: 200 },
    );
  });
});
