/** True for text that begins with a tag of the Fedwire Funds format and has, near it, one that every message must have. */
export const isFedwire = (text: string): boolean =>
  /^\s*\{\d{4}\}/.test(text) && /\{(?:1500|1510|1520|2000)\}/.test(text);
