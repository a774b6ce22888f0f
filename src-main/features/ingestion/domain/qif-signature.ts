/**
 * True for a text that begins with a header of the Quicken Interchange Format: `!Type:…`, `!Account`, `!Option:…` or
 * `!Clear:…`, alone on its line (some localized exports write `!Typ:`).
 */
export const isQif = (text: string): boolean =>
  /^\s*!(?:(?:Typ[eo]?|Option|Clear)\s*:[^\r\n,;\t]*|Account)\s*(?:[\r\n]|$)/i.test(text);
