/** How a file was read, in words for a report: each setting of its dialect, and whether NEXUS found it or the examiner set it. */
export const dialectInWords = (
  format: string,
  dialect: Readonly<Record<string, unknown>>,
): { readonly encodingBasis: 'stated' | 'detected' | 'chosen'; readonly dialect: readonly string[] } => {
  if (format !== 'csv')
    return { encodingBasis: 'stated', dialect: settings(dialect).map(([name, value]) => `${name}: ${value}`) };
  const reasons = Array.isArray(dialect.reasons) ? dialect.reasons.map(String) : [];
  const chosen = new Set(
    reasons.filter(reason => reason.endsWith(': stated')).map(reason => reason.slice(0, reason.indexOf(':'))),
  );
  return {
    encodingBasis: chosen.has('encoding') ? 'chosen' : 'detected',
    dialect: settings(dialect).map(
      ([name, value]) => `${name}: ${value} (${chosen.has(name) ? 'chosen by the examiner' : 'detected'})`,
    ),
  };
};

const HIDDEN = new Set(['confidence', 'reasons', 'header']);
const NAMES: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'vertical bar',
  ' ': 'space',
  '"': 'double quote',
  "'": 'apostrophe',
};

const settings = (dialect: Readonly<Record<string, unknown>>): [string, string][] =>
  Object.entries(dialect).flatMap(([name, value]): [string, string][] => {
    if (HIDDEN.has(name) || value === null || value === undefined || value === '') return [];
    if (Array.isArray(value)) return value.length === 0 ? [] : [[name, value.join(', ')]];
    if (typeof value === 'object') {
      const parts = Object.entries(value).map(
        ([key, item]) => `${key} = ${typeof item === 'string' ? item : JSON.stringify(item)}`,
      );
      return parts.length === 0 ? [] : [[name, parts.join(', ')]];
    }
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [[name, NAMES[text] ?? text]];
  });
