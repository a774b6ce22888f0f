/**
 * Fields of a record in which blanks stand before opening quotes (`a, "b, c"`), which RFC 4180 does not know and many
 * writers do: blanks before a quote are skipped, delimiters inside quotes are text, a doubled quote is one.
 */
export const spacedFields = (record: string, delimiter: string, quote: string): string[] => {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    let start = at;
    while (record[start] === ' ' || record[start] === '\t') start++;
    let text = '';
    let end: number;
    if (record[start] === quote) {
      let p = start + 1;
      for (; p < record.length; p++)
        if (record[p] !== quote) text += record[p];
        else if (record[p + 1] === quote) text += record[++p]!;
        else break;
      end = record.indexOf(delimiter, p);
      text += record.slice(p + 1, end < 0 ? record.length : end).trimEnd();
    } else {
      end = record.indexOf(delimiter, at);
      text = record.slice(at, end < 0 ? record.length : end);
    }
    fields.push(text.trim());
    if (end < 0) return fields;
    at = end + 1;
  }
};
