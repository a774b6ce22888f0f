/** The named parts of an audit entry's object (canonical JSON); text that is no JSON object stands as one part. */
export const objectParts = (text: string): readonly { readonly name: string; readonly value: string }[] => {
  let object: unknown;
  try {
    object = JSON.parse(text);
  } catch {
    return [{ name: '', value: text }];
  }
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return [{ name: '', value: text }];
  return Object.entries(object).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));
};

const SHOWN_CHARACTERS = 28;

/** Text cut to what a table cell can show. */
export const shortened = (text: string): string =>
  text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS - 1)}…`;
