const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 with padding (RFC 4648 §4). */
export const base64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let digit = 0; digit < 4; digit++)
      text += i + digit > bytes.length ? '=' : ALPHABET.charAt((group >> (18 - 6 * digit)) & 63);
  }
  return text;
};

/** The bytes of Base64 text; null unless it is exactly what `base64` writes, so that no text has two spellings. */
export const fromBase64 = (text: string): Uint8Array | null => {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, at = 0; i < text.length; i += 4) {
    let group = 0;
    for (let digit = 0; digit < 4; digit++) {
      const character = text.charAt(i + digit);
      const value = ALPHABET.indexOf(character);
      if (value < 0 && !(character === '=' && i + digit >= text.length - padding)) return null;
      group = (group << 6) | Math.max(value, 0);
    }
    for (let shift = 16; shift >= 0 && at < bytes.length; shift -= 8, at++) bytes[at] = (group >> shift) & 255;
  }
  return base64(bytes) === text ? bytes : null;
};
