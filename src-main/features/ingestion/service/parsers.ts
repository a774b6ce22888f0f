import { createBai2Parser } from '../domain/bai2-parser.ts';
import { createBeancountParser } from '../domain/beancount-parser.ts';
import { createCamtParser } from '../domain/camt-parser.ts';
import { createCodaParser } from '../domain/coda-parser.ts';
import { createCsvParser } from '../domain/csv-parser.ts';
import { createDatevParser } from '../domain/datev-parser.ts';
import { createFecParser } from '../domain/fec-parser.ts';
import { createFedwireParser } from '../domain/fedwire-parser.ts';
import { createHledgerParser } from '../domain/hledger-parser.ts';
import { createMt940Parser, createMt942Parser } from '../domain/mt940-parser.ts';
import { createNachaParser } from '../domain/nacha-parser.ts';
import { createNorma43Parser } from '../domain/norma43-parser.ts';
import { createOdsParser } from '../domain/ods-parser.ts';
import { createOfxParser } from '../domain/ofx-parser.ts';
import { createPainParser } from '../domain/pain-parser.ts';
import type { CreateParser, ParserContext } from '../domain/parser-context.ts';
import { createQifParser } from '../domain/qif-parser.ts';
import { createSaftParser } from '../domain/saft-parser.ts';
import { createSieParser } from '../domain/sie-parser.ts';
import type { FormatName, StatementParser } from '../domain/statement-sink.ts';
import { createXbrlGlParser } from '../domain/xbrl-gl-parser.ts';
import { createXlsParser } from '../domain/xls-parser.ts';
import { createXlsxParser } from '../domain/xlsx-parser.ts';
import { createGnucashParser } from './gnucash-sqlite.ts';
import { createPdfParser } from './pdf-parser.ts';

const ofx: CreateParser = ({ sink, codecFor }) => createOfxParser(sink, codecFor);
const camt: CreateParser = ({ sink, codecFor }) => createCamtParser(sink, codecFor);

/** The parser of each format. A format without one is not read. */
const PARSERS: Partial<Readonly<Record<FormatName, CreateParser>>> = {
  csv: ({ sink, codecFor, overrides }) => createCsvParser(sink, codecFor, overrides),
  xlsx: createXlsxParser,
  xls: createXlsParser,
  ods: createOdsParser,
  pdf: createPdfParser,
  ofx,
  'camt.052': camt,
  'camt.053': camt,
  'camt.054': camt,
  'pain.001': createPainParser,
  coda: createCodaParser,
  norma43: createNorma43Parser,
  nacha: createNachaParser,
  fedwire: createFedwireParser,
  qif: createQifParser,
  bai2: createBai2Parser,
  mt940: createMt940Parser,
  mt942: createMt942Parser,
  saft: createSaftParser,
  'xbrl-gl': createXbrlGlParser,
  gnucash: createGnucashParser,
  fec: createFecParser,
  sie: createSieParser,
  'datev-csv': createDatevParser,
  hledger: createHledgerParser,
  beancount: createBeancountParser,
};

/** Formats whose layout an examiner may have to state. */
const ASKS: ReadonlySet<FormatName> = new Set(['csv', 'xlsx', 'xls', 'ods', 'pdf', 'qif', 'fec', 'hledger']);

export const createParser = (format: FormatName, context: ParserContext): StatementParser => {
  const create = PARSERS[format];
  if (create === undefined) throw new Error(`no parser of ${format}`);
  const names = Object.keys(context.overrides);
  if (names.length > 0 && !ASKS.has(format))
    context.sink.warn({
      row: null,
      code: 'dialect.not-applicable',
      message: `A ${format} file states its own layout: the settings ${names.join(', ')} were not needed.`,
    });
  return create(context);
};
