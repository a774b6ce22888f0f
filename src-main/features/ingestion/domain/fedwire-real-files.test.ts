import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { createFedwireParser } from './fedwire-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import type { RecordingSink } from './testing/recording-sink.ts';
import { hostCodec, readDocument } from './testing/xml-document.ts';

/** Messages of moov-io/wire's test data (Apache-2.0), each with the same message as JSON beside it. */
const folder = new URL('../../../../../shared/data/payments/fedwire/', import.meta.url);

interface Twin {
  readonly amount: { readonly amount: string };
  readonly senderDepositoryInstitution: { readonly senderABANumber: string; readonly senderShortName: string };
  readonly businessFunctionCode: { readonly businessFunctionCode: string };
  readonly typeSubType: { readonly typeCode: string; readonly subTypeCode: string };
  readonly inputMessageAccountabilityData: {
    readonly inputCycleDate: string;
    readonly inputSource: string;
    readonly inputSequenceNumber: string;
  };
  readonly beneficiary: { readonly personal: { readonly name: string; readonly identifier: string } };
  readonly originatorToBeneficiary: Readonly<Record<string, string>>;
}
const files = readdirSync(folder).filter(name => name.endsWith('.txt'));
const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, folder)));
const read = (bytes: Uint8Array, size = 113): RecordingSink => readDocument(createFedwireParser, bytes, size).sink;

describe('real Fedwire messages', () => {
  it('are all there', () => {
    expect(files.length).toBe(3);
  });

  it.each(files)('%s agrees with its JSON twin', file => {
    const { fedWireMessage: twin } = JSON.parse(
      readFileSync(new URL(file.replace('.txt', '.json'), folder), 'utf8'),
    ) as { fedWireMessage: Twin };
    expect(sniffFormat(bytesOf(file), hostCodec).format).toBe('fedwire');
    const sink = read(bytesOf(file));
    const sender = twin.senderDepositoryInstitution;
    expect(sink.headers).toEqual([
      {
        accountId: sender.senderABANumber,
        currency: 'USD',
        institution: sender.senderShortName,
        owner: null,
        statementId: null,
      },
    ]);
    const imad = twin.inputMessageAccountabilityData;
    const { personal } = twin.beneficiary;
    expect(sink.transactions.length).toBe(1);
    const [transfer] = sink.transactions;
    expect(transfer).toMatchObject({
      amount: { units: -Number(twin.amount.amount), scale: 2 },
      currency: 'USD',
      counterparty: personal.name,
      counterpartyAccount: personal.identifier,
      reference: `${imad.inputCycleDate}${imad.inputSource}${imad.inputSequenceNumber}`,
      type: `${twin.businessFunctionCode.businessFunctionCode} ${twin.typeSubType.typeCode}${twin.typeSubType.subTypeCode}`,
      place: { row: 1, byteOffset: 0, byteLength: bytesOf(file).length },
    });
    expect(isoDate(transfer?.bookingDate ?? 0)?.replaceAll('-', '')).toBe(imad.inputCycleDate);
    for (const text of Object.values(twin.originatorToBeneficiary)) expect(transfer?.description).toContain(text);
    // Each says T: a test message.
    expect(sink.codes).toEqual(['fedwire.test-message']);
  });

  it.each(files)('%s: bytes in pieces of any size give the same', file => {
    const whole = read(bytesOf(file), 1 << 20);
    for (const size of [1, 3, 5, 6, 7]) expect(read(bytesOf(file), size)).toEqual(whole);
  });

  it('reads several messages in one file, with or without line ends', () => {
    const text = files.map(file => new TextDecoder().decode(bytesOf(file))).join('\n');
    for (const joined of [text, text.replaceAll('\n', '')]) {
      const sink = read(new TextEncoder().encode(joined));
      expect(sink.transactions.map(each => each.type)).toEqual(['BTR 1000', 'CTR 1000', 'FFS 1600']);
      expect(sink.headers.length).toBe(1);
    }
  });
});
