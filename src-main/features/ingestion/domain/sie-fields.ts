/** A field of a SIE item: text, or an object list `{dimension object …}` as its members. */
export type SieField = string | readonly string[];

/** An item's label (upper case, without `#`) and its fields. */
interface SieItem {
  readonly label: string;
  readonly fields: readonly SieField[];
  /** Whether the last text lacks its closing quote: it ends with the line. */
  readonly unclosed: boolean;
}

/**
 * Takes a line apart: fields stand between blanks or tabs, in quotes where they hold blanks, with `\"` for a quote
 * inside (SIE 4B, 5.8 and 5.9). A backslash that would swallow the closing quote (`"C:\data\"`) is taken as a backslash;
 * a closing quote that is missing as standing at the end of the line. Returns the reason where braces do not close.
 */
export const sieItem = (text: string): SieItem | { readonly reason: string } => {
  const escaped = fieldsOf(text, true);
  const unescaped =
    typeof escaped !== 'string' && escaped.unclosed && text.includes('\\"') ? fieldsOf(text, false) : escaped;
  const taken = typeof unescaped !== 'string' && unescaped.unclosed ? escaped : unescaped;
  if (typeof taken === 'string') return { reason: taken };
  const [label, ...fields] = taken.fields;
  if (typeof label !== 'string' || !/^#[A-ZÅÄÖ]+$/i.test(label))
    return { reason: 'the line begins with no label (#…)' };
  return { label: label.slice(1).toUpperCase(), fields, unclosed: taken.unclosed };
};

/** The text of a field; '' where it is missing or an object list. */
export const textAt = (fields: readonly SieField[], at: number): string => {
  const field = fields[at];
  return typeof field === 'string' ? field.trim() : '';
};

const fieldsOf = (
  text: string,
  escapes: boolean,
): { readonly fields: SieField[]; readonly unclosed: boolean } | string => {
  const fields: SieField[] = [];
  let list: string[] | null = null;
  let unclosed = false;
  let at = 0;
  while (at < text.length) {
    const character = text[at]!;
    if (character === ' ' || character === '\t') at++;
    else if (character === '{') {
      if (list !== null) return 'an object list stands within an object list';
      list = [];
      at++;
    } else if (character === '}') {
      if (list === null) return 'an object list ends that did not begin';
      fields.push(list);
      list = null;
      at++;
    } else {
      const [value, next] = character === '"' ? quoted(text, at + 1, escapes) : bare(text, at, list !== null);
      (list ?? fields).push(value);
      unclosed = next < 0;
      at = next < 0 ? text.length : next;
    }
  }
  return list === null ? { fields, unclosed } : 'an object list does not end';
};

const bare = (text: string, start: number, inList: boolean): [value: string, next: number] => {
  let end = start;
  while (end < text.length && !/[ \t{]/.test(text[end]!) && !(inList && text[end] === '}')) end++;
  return [text.slice(start, end), end];
};

const quoted = (text: string, start: number, escapes: boolean): [value: string, next: number] => {
  let value = '';
  for (let at = start; at < text.length; at++) {
    if (escapes && text[at] === '\\' && text[at + 1] === '"') {
      value += '"';
      at++;
    } else if (text[at] === '"') return [value, at + 1];
    else value += text[at]!;
  }
  return [value, -1];
};
