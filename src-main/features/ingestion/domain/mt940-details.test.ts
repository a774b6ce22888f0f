import { describe, expect, it } from 'vitest';
import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { readDetails } from './mt940-details.ts';
import type { StatementLine } from './mt940-statement-line.ts';

const line: StatementLine = {
  bookingDate: 0,
  valueDate: UNKNOWN_DAY,
  amount: { units: 1, scale: 0 },
  out: false,
  expected: false,
  code: 'NTRF',
  ownerReference: '',
  bankReference: '',
  supplementary: '',
  counterparty: '',
  counterpartyAccount: '',
  remarks: [],
};
const read = (text: string, own: string | null = null) => readDetails([text.split('\n')], [], line, own);

describe('field 86 in subfields', () => {
  // Deutsche Kreditwirtschaft, DFÜ-Abkommen, Anlage 3, 8.2: purpose 20–29 and 60–63, 30/31 bank and account, 32/33 name.
  it('takes SEPA code words out of the purpose', () => {
    expect(
      read(
        '166?00GUTSCHRIFT?109310?20EREF+RE-2024-17?21SVWZ+Rechnung 17 vom 1.02.2?22024, danke?30COBADEFFXXX?31DE89370400440532013000?32Muster GmbH?34000',
      ),
    ).toEqual({
      kind: 'subfields',
      information: {
        description: 'Rechnung 17 vom 1.02.2024, danke',
        counterparty: 'Muster GmbH',
        counterpartyAccount: 'DE89370400440532013000',
        reference: 'RE-2024-17',
        type: '166 GUTSCHRIFT',
      },
    });
  });

  it('joins subfields of full width, also over a code word, and lines that were wrapped', () => {
    const purpose = 'EREF+1234567890123456789012SVWZ+Miete Januar';
    expect(purpose.slice(0, 27)).toHaveLength(27);
    const text = `105?00LASTSCHRIFT?20${purpose.slice(0, 27)}?21${purpose.slice(27)}?32Haus`;
    const { information } = read(`${text.slice(0, 65)}\n${text.slice(65)}`);
    expect(information).toMatchObject({
      description: 'Miete Januar',
      reference: '1234567890123456789012',
      counterparty: 'Haus',
    });
  });

  it('reads other separators, a separator that is text, and no NOTPROVIDED', () => {
    expect(read('020~00Przelew~20Faktura 1~32JAN KOWALSKI~38PL61109010140000071219812874').information).toEqual({
      description: 'Faktura 1',
      counterparty: 'JAN KOWALSKI',
      counterpartyAccount: 'PL61109010140000071219812874',
      reference: '',
      type: '020 Przelew',
    });
    expect(read('008?20Wie geht es?21so? Gut?32A').information.description).toBe('Wie geht es so? Gut');
    expect(read('166?20EREF+NOTPROVIDED?21SVWZ+x').information.reference).toBe('');
    expect(read('166?20EREF: E1 MREF: M1 SVWZ: Text').information).toMatchObject({
      reference: 'E1',
      description: 'Text [MREF M1]',
    });
  });
});

describe('field 86 in code words', () => {
  // Rabobank "Format description SWIFT MT940 Structured", ABN AMRO and ING "MT940 format description": their examples' shape.
  it.each([
    [
      '/EREF/E1//ORDP//NAME/J.DOE/REMI/Factuur 1/ISDT/2014-01-02',
      { counterparty: 'J.DOE', counterpartyAccount: '', reference: 'E1', description: 'Factuur 1', type: '' },
    ],
    [
      '/TRTP/SEPA OVERBOEKING/IBAN/NL12ABNA0123456789/BIC/ABNANL2A/NAME/A. Janssen/REMI/Huur/EREF/NOTPROVIDED',
      {
        counterparty: 'A. Janssen',
        counterpartyAccount: 'NL12ABNA0123456789',
        reference: '',
        description: 'Huur',
        type: 'SEPA OVERBOEKING',
      },
    ],
    [
      '/EREF/X99//CNTP/NL32INGB0000012345/INGBNL2A/ING BANK NV//REMI/USTD//Note 5/',
      {
        counterparty: 'ING BANK NV',
        counterpartyAccount: 'NL32INGB0000012345',
        reference: 'X99',
        description: 'Note 5',
        type: '',
      },
    ],
  ])('%s', (text, information) => {
    expect(read(text)).toEqual({ kind: 'codeWords', information });
  });

  it('leaves text alone that has slashes and no code word', () => {
    expect(read('/PT/FT/PY/SOMETHING  FOO')).toMatchObject({
      kind: 'free',
      information: { description: '/PT/FT/PY/SOMETHING FOO' },
    });
    expect(read('Paid /REMI/ later').kind).toBe('free');
  });
});

describe('other details', () => {
  it('are free text, blanks collapsed, wrapped lines joined', () => {
    const wide = `${'x'.repeat(64)}y`;
    expect(read(`${wide}z\nand more`).information.description).toBe(`${wide}zand more`);
    expect(read('one  two\nthree').information.description).toBe('one two three');
    expect(read('').kind).toBe('none');
  });

  it('keep what stands in field NS beside a field 86', () => {
    expect(readDetails([['Rent']], ['01My Street 17', '02City'], line, null).information.description).toBe(
      'Rent My Street 17 City',
    );
  });

  it('show code words that no field holds behind the text', () => {
    expect(
      read('177?20EREF+E1?21KREF+K1?22MREF+M1?23CRED+DE98ZZZ?24SVWZ+Fuel?25ABWA+Petrol Station').information,
    ).toMatchObject({
      reference: 'E1',
      description: 'Fuel [KREF K1] [ABWA Petrol Station] [MREF M1] [CRED DE98ZZZ]',
    });
    expect(read('/TRTP/SEPA/BBAN/90000014/NAME/KNAB/REMI/First/ULTD/Real Payer/EREF/NOTPROVIDED').information).toEqual({
      description: 'First [ULTD Real Payer]',
      counterparty: 'KNAB',
      counterpartyAccount: '90000014',
      reference: '',
      type: 'SEPA',
    });
  });

  it('are lines of a number and text in field NS', () => {
    expect(readDetails([], ['01Miete', '02Januar', '15Haus', '16GmbH', '341234567'], line, null)).toEqual({
      kind: 'nonSwift',
      information: {
        description: 'Miete Januar',
        counterparty: 'Haus GmbH',
        counterpartyAccount: '1234567',
        reference: '',
        type: '',
      },
    });
  });
});
