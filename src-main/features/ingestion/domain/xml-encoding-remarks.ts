import type { WarningTally } from './warning-tally.ts';
import type { XmlReader } from './xml-reader.ts';

/** Notes what the reader of the numbers must know of the file's encoding, once it has been read. */
export const noteEncoding = (reader: XmlReader, tally: WarningTally): void => {
  if (reader.contradictedEncoding !== null)
    tally.note(
      'xml.encoding',
      null,
      `The XML declares the encoding "${reader.contradictedEncoding}", its bytes are ${reader.encoding}: read as ${reader.encoding}`,
    );
  if (reader.hasReplacedCharacters)
    tally.note('xml.characters', null, `Some bytes mean nothing in ${reader.encoding} and stand as U+FFFD`);
};
