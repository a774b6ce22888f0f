import { createCamtParser } from '../domain/camt-parser.ts';
import { createCsvParser } from '../domain/csv-parser.ts';
import { createOfxParser } from '../domain/ofx-parser.ts';
import type { CreateParser, ParserContext } from '../domain/parser-context.ts';
import type { FormatName, StatementParser } from '../domain/statement-sink.ts';

const ofx: CreateParser = ({ sink, codecFor }) => createOfxParser(sink, codecFor);
const camt: CreateParser = ({ sink, codecFor }) => createCamtParser(sink, codecFor);

/** The parser of each format. A format without one is not read. */
const PARSERS: Partial<Readonly<Record<FormatName, CreateParser>>> = {
  csv: ({ sink, codecFor, overrides }) => createCsvParser(sink, codecFor, overrides),
  ofx,
  'camt.052': camt,
  'camt.053': camt,
  'camt.054': camt,
};

/** Formats whose layout an examiner may have to state. */
const ASKS: ReadonlySet<FormatName> = new Set(['csv']);

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
