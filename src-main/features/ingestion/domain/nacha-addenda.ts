import { nachaReason } from './nacha-codes.ts';
import { at, type NachaRecord } from './nacha-records.ts';

/** What the addenda records of one entry say, in the order of the file. */
export interface NachaAddenda {
  /** Texts for the description. */
  readonly texts: readonly string[];
  /** `return R01`, `notification C01`, '' for an entry forward. */
  readonly kind: string;
  /** Receiver's or merchant's name, where addenda give it. */
  readonly name: string;
}

const collapse = (text: string): string => text.replace(/\s+/g, ' ').trim();
const digits = (text: string): string => (/^[0 ]*$/.test(text) ? '' : text.trim());

/** Addenda 99: return, dishonored return (R61–R70) or contested dishonored return (R71–R77); addenda 98: notification of change. */
const reasonTexts = (record: NachaRecord, type: string): string[] => {
  const original = digits(at(record, 7, 21));
  const texts = [nachaReason(at(record, 4, 6)), original === '' ? '' : `original trace ${original}`];
  const information = collapse(at(record, 36, type === '98' ? 64 : 79));
  if (information !== '') texts.push(type === '98' ? `corrected data ${information}` : information);
  return texts;
};

/**
 * Reads addenda records: 05 and 17 payment information, 02 terminal (POS, SHR, MTE), 10–16 and 18 parties of an
 * international entry, 98 notification of change, 99 return.
 */
export const readNachaAddenda = (records: readonly NachaRecord[]): NachaAddenda => {
  const texts: string[] = [];
  let kind = '';
  let name = '';
  for (const record of records) {
    const type = at(record, 2, 3);
    switch (type) {
      case '05':
      case '17':
        texts.push(collapse(at(record, 4, 83)));
        break;
      case '02':
        name ||= collapse(at(record, 36, 62));
        texts.push(collapse(`${at(record, 63, 77)} ${at(record, 78, 79)}`));
        break;
      case '10':
        name ||= collapse(at(record, 47, 81));
        texts.push(collapse(at(record, 4, 6)));
        break;
      case '11':
        texts.push(`from ${collapse(at(record, 4, 38))}`);
        break;
      case '98':
        kind = `notification ${at(record, 4, 6)}`;
        texts.push(...reasonTexts(record, type));
        break;
      case '99':
        kind = `return ${at(record, 4, 6)}`;
        texts.push(...reasonTexts(record, type));
        break;
      default:
        // 12–16 and 18 hold addresses and banks; they stay in the raw record.
        break;
    }
  }
  return { texts: texts.filter(text => text !== ''), kind, name };
};

/** True for a type of addenda record that the rules have. */
export const isNachaAddendaType = (type: string): boolean => /^(?:02|05|1[0-8]|9[89])$/.test(type);
