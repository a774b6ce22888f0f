import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyStatus } from './iso-4217.ts';
import { mod97, standardAccount } from './standard-account.ts';
import { standardReference } from './standard-reference.ts';
import { STANDARD_TYPES, standardType } from './standard-type.ts';

describe('standardAccount', () => {
  // Examples of the SWIFT IBAN Registry.
  it.each([
    'GB29 NWBK 6016 1331 9268 19',
    'DE89 3704 0044 0532 0130 00',
    'FR14 2004 1010 0505 0001 3M02 606',
    'MT84 MALT 0110 0001 2345 MTLC AST0 01S',
    'NO93 8601 1117 947',
  ])('finds the check digits of %s right', written => {
    expect(standardAccount(written)).toEqual({
      kind: 'iban',
      standardized: written.replaceAll(' ', ''),
      problem: null,
    });
    expect(standardAccount(`iban: ${written.toLowerCase()}`).problem).toBeNull();
  });

  it('names a wrong digit and a wrong length, and mends neither', () => {
    expect(standardAccount('DE89370400440532013001')).toEqual({
      kind: 'iban',
      standardized: 'DE89370400440532013001',
      problem: expect.stringContaining('check digits'),
    });
    expect(standardAccount('DE8937040044053201300').problem).toContain('has 22 characters, this one 21');
  });

  it('finds every exchange of two neighbouring different digits (ISO 7064, property)', () => {
    const digits = fc.stringMatching(/^\d{18}$/);
    fc.assert(
      fc.property(digits, fc.integer({ min: 4, max: 20 }), (bban, at) => {
        const check = 98 - mod97(`DE00${bban}`);
        const iban = `DE${String(check).padStart(2, '0')}${bban}`;
        expect(standardAccount(iban).problem).toBeNull();
        fc.pre(iban[at] !== iban[at + 1]);
        const exchanged = iban.slice(0, at) + iban[at + 1] + iban[at] + iban.slice(at + 2);
        expect(standardAccount(exchanged).problem).not.toBeNull();
      }),
    );
  });

  it('tells account numbers, masked numbers, BICs and other text apart', () => {
    expect(standardAccount('12-34 56.789')).toEqual({ kind: 'number', standardized: '123456789', problem: null });
    expect(standardAccount('XXXX XXXX 1234').kind).toBe('masked');
    expect(standardAccount('DEUTDEFF500')).toEqual({ kind: 'bic', standardized: 'DEUTDEFF500', problem: null });
    expect(standardAccount('Main  account')).toEqual({ kind: 'text', standardized: 'Main account', problem: null });
  });
});

describe('standardReference', () => {
  it('checks creditor references (example of ISO 11649) and Belgian communications', () => {
    expect(standardReference('RF18 5390 0754 7034')).toEqual({
      kind: 'creditor-reference',
      standardized: 'RF18539007547034',
      problem: null,
    });
    expect(standardReference('RF19 5390 0754 7034').problem).toContain('ISO 11649');
    // 0903375006 mod 97 = 63.
    expect(standardReference('+++090/9337/55493+++').problem).toBeNull();
    expect(standardReference('***090/9337/55494***').problem).toContain('check digits');
  });

  it('knows the words for none and keeps others', () => {
    for (const none of ['NOTPROVIDED', 'NONREF', '---', '0000']) expect(standardReference(none).standardized).toBe('');
    expect(standardReference('  INV  0042 ').standardized).toBe('INV 0042');
  });
});

describe('standardType', () => {
  it.each([
    ['DIRECTDEBIT', 'direct-debit'],
    ['PMNT/RDDT/ESDD', 'direct-debit'],
    ['NCHK', 'cheque'],
    ['SEPA-Lastschrift', 'direct-debit'],
    ['Überweisung', 'transfer'],
    ['POS PURCHASE', 'card'],
    ['Rückbuchung Lastschrift', 'reversal'],
    ['Virement permanent', 'standing-order'],
    ['Account fee', 'fee'],
    ['something else', null],
    ['', null],
  ])('%s is %s', (written, type) => expect(standardType(written)).toBe(type));

  it('knows its own names', () => {
    for (const type of STANDARD_TYPES.filter(
      each => !['foreign-exchange', 'standing-order', 'direct-debit'].includes(each),
    ))
      expect(standardType(type)).toBe(type);
  });
});

describe('currencyStatus', () => {
  const rows = readFileSync(
    new URL('../../../../../../shared/data/reference/iso4217_codes-all.csv', import.meta.url),
    'utf8',
  )
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.split(','));

  it('agrees with the published list: every code in force, and every withdrawn one', () => {
    const columns = rows.map(row => ({ code: row.at(-4) ?? '', withdrawn: (row.at(-1) ?? '').trim() }));
    const inForce = new Set(
      columns.filter(({ code, withdrawn }) => code !== '' && withdrawn === '').map(each => each.code),
    );
    expect(inForce.size).toBeGreaterThan(150);
    for (const { code, withdrawn } of columns)
      if (code !== '')
        expect([code, currencyStatus(code).status]).toEqual([code, inForce.has(code) ? 'in-force' : 'withdrawn']);
      else expect(withdrawn).toBeDefined();
  });

  it('does not know what is no code', () => expect(currencyStatus('EUX')).toEqual({ status: 'unknown' }));
});
