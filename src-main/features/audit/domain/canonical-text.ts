import canonicalize from 'canonicalize';

/** How deep a value of the log may be nested: no reader of it, in any language, runs out of stack. */
const MAX_DEPTH = 64;
/** An entry stands in its line of an export one level down: what the log takes, its export can hold. */
const IN_A_LINE = 1;

/**
 * Throws for a value that the log never holds: floats, null and undefined, lone surrogates, nesting without end. Answers
 * whether all members stand in the order of RFC 8785 (UTF-16 code units) already.
 */
const isInOrder = (value: unknown, path: string, depth: number): boolean => {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new Error(`audit ${path}: lone surrogate`);
      return true;
    case 'number':
      if (!Number.isSafeInteger(value)) throw new Error(`audit ${path}: ${value} is not a safe integer`);
      return true;
    case 'boolean':
      return true;
    case 'object':
      break;
    default:
      throw new Error(`audit ${path}: ${typeof value} cannot be logged`);
  }
  if (value === null) throw new Error(`audit ${path}: null cannot be logged`);
  if (depth === MAX_DEPTH) throw new Error(`audit: nested deeper than ${MAX_DEPTH}`);
  let ordered = true;
  if (Array.isArray(value)) {
    for (const item of value) if (!isInOrder(item, path, depth + 1)) ordered = false;
    return ordered;
  }
  let before: string | null = null;
  for (const name of Object.keys(value)) {
    if (!name.isWellFormed()) throw new Error(`audit ${path}: lone surrogate`);
    if (before !== null && name <= before) ordered = false;
    before = name;
    if (!isInOrder((value as Readonly<Record<string, unknown>>)[name], name, depth + 1)) ordered = false;
  }
  return ordered;
};

/**
 * RFC 8785 text of a value. Throws on what never enters the log. Where the members are in order, `JSON.stringify` writes
 * the same (RFC 8785 took its strings and integers from ECMAScript), many times faster.
 */
export const canonicalEntry = (entry: object, depth = IN_A_LINE): string => {
  const text = isInOrder(entry, 'entry', depth) ? JSON.stringify(entry) : canonicalize(entry);
  if (text === undefined) throw new Error('audit entry cannot be canonicalized');
  return text;
};

/** The value of an RFC 8785 text; `isCanonical` false where the same value is written otherwise. Throws where it is no such value. */
export const parseCanonical = (
  text: string,
  depth = IN_A_LINE,
): { readonly value: unknown; readonly isCanonical: boolean } => {
  const value: unknown = JSON.parse(text);
  return { value, isCanonical: canonicalEntry(value as object, depth) === text };
};
