/** First line of a hledger or ledger entry: a date with the year in front (or last), then a blank, `=` or the line's end. */
const ENTRY = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))(?:=[\d/.-]+)?(?: |$)/;
/** An entry without a year, which a default year before it (`Y2024`, `year 2024`) completes. */
const YEARLESS_ENTRY = /^\d{1,2}[-/.]\d{1,2}(?:=[\d/.-]+)? /;
/** A posting: an account, then at least two blanks or a tab and an amount, or nothing. */
const POSTING = /^[ \t]+(?:[*!] ?)?[[(<]?[\p{L}\d][^\t;|"]*?(?:[ ]{2,}|\t| \t|$)/u;
const DIRECTIVE =
  /^(?:[!@]?(?:include|account|alias|apply|end|comment|commodity|payee|tag|year|decimal-mark|bucket|define|test) |comment$|test$|[=~] ?[\p{L}/^"(]|[PDCNYA] \S|Y\d{4}|[ioObh] \d{4}[-/]|def |--[a-z])/u;
/** Directives no other text has: a file of prices alone, or of accounts, is a journal as well. */
const TELLING_DIRECTIVE = /^(?:P \d{4}[-/.]\d|account \p{L}[^\s:]*:|apply account |commodity \S)/u;

/** A Beancount directive with its date; only `open`, `balance` and the like name accounts, only transactions have strings. */
const BEANCOUNT_DATED =
  /^\d{4}[-/]\d{2}[-/]\d{2} +(?:(?:open|close|balance|pad|note|document) +\p{Lu}[^\s:]*:|(?:commodity|price) +[A-Z]|(?:event|query|custom) +"|(?:txn|[*!&#?%PSTCURM]) *")/u;
const BEANCOUNT_UNDATED = /^(?:option|plugin|include) +"|^(?:push|pop)tag +#/;

/** Lines of the first part of a file that is known to be whole up to its last line end. */
const linesOf = (text: string): readonly string[] => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  return lines.length > 1 ? lines.slice(0, text.length < 60_000 ? undefined : -1) : lines;
};

/** Whether a text is a Beancount file: dated directives with accounts or strings, as no other text has them. */
export const isBeancount = (text: string): boolean => {
  let marks = 0;
  let others = 0;
  for (const line of linesOf(text)) {
    if (/^\s*$|^\s|^[;*#:!&?%]/.test(line)) continue;
    if (BEANCOUNT_DATED.test(line) || BEANCOUNT_UNDATED.test(line)) marks++;
    else others++;
  }
  return marks > 0 && others <= marks * 0.1;
};

/**
 * Whether a text is a journal of hledger or ledger: dated lines, each followed by indented postings. A bank's table has
 * no indented lines under its dates, and separators where a journal has a blank.
 */
export const isHledger = (text: string): boolean => {
  let entries = 0;
  let directives = 0;
  let telling = 0;
  let others = 0;
  let afterEntry = false;
  let hasYear = false;
  let isComment = false;
  for (const line of linesOf(text)) {
    if (isComment) {
      isComment = !/^end /.test(line);
      continue;
    }
    if (/^\s*$/.test(line) || /^[;#%*|]/.test(line)) continue;
    if (/^[ \t]/.test(line)) {
      if (afterEntry && /^\s+[;#]/.test(line)) continue;
      if (afterEntry && POSTING.test(line)) entries++;
      else if (afterEntry) others++;
      afterEntry = false;
      continue;
    }
    afterEntry =
      (ENTRY.test(line) || (hasYear && YEARLESS_ENTRY.test(line))) && line.replace(/[^\t;|,]/g, '').length < 3;
    if (afterEntry) continue;
    if (!DIRECTIVE.test(line)) {
      others++;
      continue;
    }
    directives++;
    hasYear ||= /^(?:Y ?|(?:apply )?year )\d{4}/.test(line);
    if (TELLING_DIRECTIVE.test(line)) telling++;
    isComment = /^(?:comment|test)\b/.test(line);
  }
  return (entries > 0 || telling > 0) && others <= (entries + directives) * 0.2;
};
