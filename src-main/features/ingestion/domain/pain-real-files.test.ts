import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { createPainParser } from './pain-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import { shortest, sumOf } from './testing/recording-sink.ts';
import { hostCodec, readDocument } from './testing/xml-document.ts';

/** Files of sebastienrousseau/pain001 (Apache-2.0 or MIT); their control values disagree with what they hold. */
const folder = new URL('../../../../../shared/data/payments/pain/', import.meta.url);

interface Facts {
  readonly namespace: string;
  readonly declared_NbOfTxs: readonly string[];
  readonly declared_CtrlSum: readonly string[];
  readonly instructed_amounts: number;
  readonly sum_by_currency: Readonly<Record<string, string>>;
}
const files = readdirSync(folder).filter(name => name.endsWith('.xml'));

describe('real pain.001 files', () => {
  it('are all there', () => {
    expect(files.length).toBe(4);
  });

  it.each(files)('%s agrees with a count of its XML', file => {
    const facts =
      (
        JSON.parse(readFileSync(new URL(`${file}.expected.json`, folder), 'utf8')) as {
          facts: { expected: Facts }[];
        }
      ).facts[0]?.expected ?? expect.fail();
    const bytes = new Uint8Array(readFileSync(new URL(file, folder)));
    expect(sniffFormat(bytes.subarray(0, 700), hostCodec).format).toBe('pain.001');
    const { sink, parser } = readDocument(createPainParser, bytes, 97);
    expect(sink.rejected).toEqual([]);
    expect(parser.dialect().namespace).toBe(facts.namespace);
    expect(sink.transactions.length).toBe(facts.instructed_amounts);
    for (const [currency, sum] of Object.entries(facts.sum_by_currency)) {
      const paid = sink.transactions.filter(each => each.currency === currency);
      expect(sumOf(paid)).toBe(shortest(`-${sum}`));
      for (const stated of facts.declared_CtrlSum)
        expect(sink.codes.includes('control.total')).toBe(shortest(stated) !== shortest(sum));
    }
    for (const stated of facts.declared_NbOfTxs)
      expect(sink.codes.includes('control.count')).toBe(Number(stated) !== facts.instructed_amounts);
    for (const { place } of sink.transactions)
      expect(new TextDecoder().decode(bytes.subarray(place.byteOffset, place.byteOffset + place.byteLength))).toMatch(
        /^<CdtTrfTxInf>[\s\S]*<\/CdtTrfTxInf>$/,
      );
  });

  it('reads the payment and its transfers', () => {
    const { sink } = readDocument(
      createPainParser,
      new Uint8Array(readFileSync(new URL('pain001py_pain.001.001.03.xml', folder))),
    );
    expect(sink.headers).toEqual([
      {
        accountId: 'DE75512108001245126162',
        currency: null,
        institution: 'BANKDEFFXXX',
        owner: 'Acme Corp',
        statementId: 'PaymentID6789',
      },
    ]);
    expect(sink.transactions[0]).toMatchObject({
      counterparty: 'Global Tech',
      counterpartyAccount: 'DE68210501700024690959',
      description: 'Invoice-98765',
      reference: 'PaymentID6789',
      category: 'OTHR',
    });
    expect(sink.transactions.map(each => isoDate(each.bookingDate))).toEqual(Array(4).fill('2023-03-12'));
  });
});
