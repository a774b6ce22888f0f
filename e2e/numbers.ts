/** The first whole number of a text, as the screens write it: `1,234 matching rows` is 1234. */
export const firstNumber = (text: string): number => {
  const found = /\d[\d,]*/.exec(text)?.[0];
  if (found === undefined) throw new Error(`No number in “${text}”`);
  return Number(found.replaceAll(',', ''));
};
