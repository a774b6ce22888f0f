import { describe, expect, it } from 'vitest';
import type { CodecFor } from '../../../kernel/text.ts';
import { FileRefused } from './statement-sink.ts';
import { codecOf } from './testing/recording-sink.ts';
import { XML_MAX_DEPTH, XML_MAX_TOKEN_LENGTH, XmlReader } from './xml-reader.ts';

const codecFor: CodecFor = encoding => {
  try {
    const decoder = new TextDecoder(encoding, { ignoreBOM: true });
    return codecOf(encoding, bytes => decoder.decode(bytes));
  } catch {
    return null;
  }
};

interface Seen {
  readonly events: string[];
  readonly records: {
    readonly name: string;
    readonly byteOffset: number;
    readonly byteLength: number;
    readonly raw: string;
  }[];
  readonly reader: XmlReader;
}

/** Reads bytes in chunks; every element named `r` is a record. */
const read = (bytes: Uint8Array, size = 65_536): Seen => {
  const events: string[] = [];
  const records: Seen['records'] = [];
  let offset = 0;
  let text = '';
  const reader: XmlReader = new XmlReader(
    {
      open: (name, attributes) => {
        text = '';
        events.push(
          `<${name}${Object.values(attributes)
            .map(value => ` ${value}`)
            .join('')}>`,
        );
        if (name === 'r') offset = reader.beginRecord();
      },
      close: name => {
        events.push(`${text.trim()}</${name}>`);
        text = '';
        if (name !== 'r') return;
        const { byteLength, raw } = reader.endRecord();
        records.push({ name, byteOffset: offset, byteLength, raw: raw() });
      },
      text: value => {
        text += value;
      },
    },
    codecFor,
  );
  for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
  reader.end();
  return { events, records, reader };
};
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const refusal = (text: string | Uint8Array, size?: number): FileRefused => {
  try {
    read(typeof text === 'string' ? utf8(text) : text, size);
  } catch (error) {
    if (error instanceof FileRefused) return error;
    throw error;
  }
  return expect.fail('the XML was not refused');
};
const utf16 = (text: string, bigEndian: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) new DataView(bytes.buffer).setUint16(2 * i, text.charCodeAt(i), !bigEndian);
  return bytes;
};

describe('XmlReader', () => {
  it('gives elements without prefix, attributes, text with entities and CDATA', () => {
    const { events } = read(
      utf8(
        '<?xml version="1.0"?><!-- c --><n:a xmlns:n="u" k="1 &lt; 2"><b>x &amp; y<![CDATA[ <z> ]]>&#233;</b><?pi x?><c/></n:a>',
      ),
    );
    expect(events).toEqual(['<a u 1 < 2>', '<b>', 'x & y <z> é</b>', '<c>', '</c>', '</a>']);
  });

  it.each([
    ['a DOCTYPE', '<!DOCTYPE a><a/>', 'xml.doctype'],
    [
      'an internal subset with entities (billion laughs)',
      '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>',
      'xml.doctype',
    ],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'xml.doctype'],
    ['an undeclared entity', '<a>&euro;</a>', 'xml.entity'],
    ['an inherited name as entity', '<a>&constructor;</a>', 'xml.entity'],
    ['a wrong end tag', '<a><b></a></b>', 'xml.malformed'],
    ['text outside the root', '<a/>x', 'xml.malformed'],
    ['two roots', '<a/><a/>', 'xml.malformed'],
    ['an attribute twice', '<a k="1" k="2"/>', 'xml.malformed'],
    ['a control character', '<a>\u0001</a>', 'xml.malformed'],
    ['a NUL', '<a>\u0000</a>', 'xml.malformed'],
    ['a missing end tag', '<a><b>', 'xml.truncated'],
    ['a cut tag', '<a><b', 'xml.truncated'],
    ['nothing', ' ', 'xml.truncated'],
    ['deep nesting', '<a>'.repeat(XML_MAX_DEPTH + 1), 'xml.too-deep'],
    ['many attributes', `<a ${Array.from({ length: 300 }, (_, i) => `k${i}="1"`).join(' ')}/>`, 'xml.too-large'],
  ])('refuses %s', (_, text, code) => {
    expect(refusal(text).message.includes('several documents')).toBe(['<a/>x', '<a/><a/>'].includes(text));
    const error = refusal(text);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/line \d+, column \d+/);
    expect(refusal(text, 1).code).toBe(code);
  });

  it('names line and column', () => {
    expect(refusal('<a>\n  <b>\r\n</c></a>').message).toContain('line 3, column 4');
  });

  const long = 'x'.repeat(XML_MAX_TOKEN_LENGTH + 70_000);
  it.each([
    ['text', `<a>${long}`],
    ['an attribute', `<a k="${long}`],
    ['a name', `<a${long}`],
    ['a comment', `<a><!--${long}`],
    ['CDATA', `<a><![CDATA[${long}`],
    ['a processing instruction', `<a><?p ${long}`],
    ['a DOCTYPE', `<!DOCTYPE a [${long}`],
  ])('refuses %s without end before it fills the memory', (_, text) => {
    expect(refusal(text)).toMatchObject({ code: 'xml.too-large' });
  });

  it('accepts nesting and text up to the limit', () => {
    expect(read(utf8('<a>'.repeat(XML_MAX_DEPTH) + '</a>'.repeat(XML_MAX_DEPTH))).events).toHaveLength(
      2 * XML_MAX_DEPTH,
    );
    expect(read(utf8(`<a>${'x'.repeat(XML_MAX_TOKEN_LENGTH - 100)}</a>`)).events).toHaveLength(2);
  });

  it('finds records in the bytes over edges of pieces, whatever the text before them', () => {
    const filler = 'aé€😀\r\n'.repeat(9000);
    const text = `<a>${filler}<r>1 ü</r>${filler}<r\n k="ß"\n>${filler}</r><r/>${filler}<r>2</r></a>`;
    const sources = text.match(/<r[\s\S]*?(?:\/>|<\/r>)/g) ?? [];
    for (const [encoding, bytes] of [
      ['utf-8', utf8(text)],
      ['utf-8', utf8(`\uFEFF${text}`)],
      ['utf-16le', utf16(`\uFEFF${text}`, false)],
      ['utf-16be', utf16(text, true)],
    ] as const)
      for (const size of [65_536, 65_537, 4099]) {
        const { records, reader } = read(bytes, size);
        expect(reader.encoding).toBe(encoding);
        expect(
          records.map(each =>
            new TextDecoder(encoding).decode(bytes.subarray(each.byteOffset, each.byteOffset + each.byteLength)),
          ),
        ).toEqual(sources);
        expect(records.map(each => each.raw)).toEqual(sources.map(source => source.slice(0, 2000)));
      }
  });

  it('reads the declared single-byte encoding, and refuses those that could hide markup or are not known', () => {
    const bytes = (label: string): Uint8Array =>
      Uint8Array.from(`<?xml version="1.0" encoding="${label}"?><a>é\u0080</a>`, character => character.charCodeAt(0));
    expect(read(bytes('windows-1252')).events[1]).toBe('é€</a>');
    expect(read(bytes('ISO-8859-2')).reader.encoding).toBe('iso-8859-2');
    for (const label of ['utf-7', 'utf-32', 'ibm037', 'iso-2022-jp', 'no-such', 'iso-8859-99'])
      expect(refusal(bytes(label)).code, label).toBe('xml.encoding');
    expect(refusal(Uint8Array.of(0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0)).code).toBe('xml.encoding');
  });

  it('believes the bytes where the declaration contradicts them, and tells', () => {
    const mislabelled = read(utf8('<?xml version="1.0" encoding="utf-16"?><a>é</a>'));
    expect([mislabelled.events[1], mislabelled.reader.contradictedEncoding]).toEqual(['é</a>', 'utf-16']);
    const marked = read(utf8('\uFEFF<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'));
    expect([marked.events[1], marked.reader.contradictedEncoding]).toEqual(['é</a>', 'iso-8859-1']);
    expect(
      read(utf16('\uFEFF<?xml version="1.0" encoding="UTF-16"?><a/>', true)).reader.contradictedEncoding,
    ).toBeNull();
  });

  it('refuses bytes that are not UTF-8, naming the place, and keeps a true U+FFFD', () => {
    const broken = utf8('<a>\n<b>..</b></a>');
    broken[7] = 0xe9;
    expect(refusal(broken)).toMatchObject({ code: 'xml.encoding', message: expect.stringContaining('byte 7') });
    expect(read(utf8('<a>\uFFFD</a>')).events[1]).toBe('\uFFFD</a>');
    expect(refusal(utf8('<a>é').subarray(0, 4)).code).toBe('xml.truncated');
  });
});
