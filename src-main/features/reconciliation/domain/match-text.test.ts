import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchReference, matchText, referenceNamed, textSimilarity } from './match-text.ts';

const similarity = (a: string, b: string): number | null => textSimilarity(matchText(a), matchText(b));
const named = (text: string, reference: string) => referenceNamed(matchText(text).tokens, matchReference(reference));

describe('textSimilarity', () => {
  it.each([
    ['IM WITH BRUCE AB', 'Bruce 179624', 1],
    ['GitHub, Inc.', 'GitHub Pro', 1],
    ['Netflix', 'Netflix.com', 1],
    ['Refund Processing', 'Refund Complete', 0.5],
    ['Köhler', 'KOEHLER', 1],
    ['Consulting', 'CONSULT', 1],
    ['Müller Bau', 'Weber Bau', 0.5],
    ['Acme', 'Zeta', 0],
    ['ACME 4711', 'ACME 8822', 0.75],
    ['Acme Bau 4711', 'Acme Holz 4711', 0.75],
    ['Invoice payment', 'PAYMENT', 1],
  ])('%s / %s: %f', (a, b, expected) => {
    expect(similarity(a, b)).toBe(expected);
  });

  it('is unknown where a text says nothing', () => {
    expect(similarity('', 'Acme')).toBeNull();
    expect(similarity('12/34', 'Acme')).toBeNull();
  });

  it('is symmetric, between 0 and 1, and 1 for a text and itself', () => {
    const text = fc
      .array(fc.constantFrom('Acme', 'Acmes', 'Consult', 'Consulting', 'Bau', 'Müller', '4711', '8822', 'Ltd', 'x'))
      .map(words => words.join(' '));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const forth = similarity(a, b);
        expect(similarity(b, a)).toBe(forth);
        if (forth !== null) {
          expect(forth).toBeGreaterThanOrEqual(0);
          expect(forth).toBeLessThanOrEqual(1);
        }
        const own = similarity(a, a);
        if (own !== null && matchText(a).words.length > 0) expect(own).toBe(1);
      }),
    );
  });
});

describe('referenceNamed', () => {
  it('finds a reference at token boundaries only', () => {
    expect(named('PAY INV 00042 ACME', 'INV-00042')).toBe('this');
    expect(named('pay inv-00042/acme', 'INV 00042')).toBe('this');
    expect(named('INV-000421', 'INV-00042')).toBe('none');
    expect(named('XINV-00042', 'INV-00042')).toBe('none');
    expect(named('INV 00043', 'INV-00042')).toBe('another');
    expect(named('INV 00043 and INV 00042', 'INV-00042')).toBe('this');
    expect(named('code 98765', '12345')).toBe('none');
    expect(named('A1', 'A1')).toBe('none');
  });

  it('takes placeholders for no reference', () => {
    for (const text of ['NOTPROVIDED', 'NONREF', 'n/a', '', '--', '7']) expect(matchReference(text).key).toBe('');
  });
});
