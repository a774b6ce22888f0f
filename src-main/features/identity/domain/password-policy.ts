/**
 * What a new password must be (NIST SP 800-63B-4, section on passwords): long, not known, not made of the names around
 * it. No rules of composition, no expiry.
 */
export const PASSWORD_MINIMUM = 15;
export const PASSWORD_MAXIMUM = 1024;

/** Words that say what the program is: as well known to a guesser as to the person. */
const PRODUCT_WORDS = ['nexus', 'passphrase', 'workspace', 'examiner'];
/** What must be left of a password once names around it are taken away. */
const OWN_CHARACTERS = 8;
/** A text made of so few known passwords is one that guessers try early. */
const KNOWN_PARTS = 2;
/** Characters beside known passwords that do not make it unknown (“1!”, “2024”). */
const DECORATION = 5;

/** Why a password is refused. */
export type PasswordFault = 'too-short' | 'too-long' | 'known' | 'names' | 'repetition' | 'sequence';

/** Code points of the NFC form: what is counted and what is stretched. */
const characters = (password: string): string[] => [...password.normalize('NFC')];

const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Lower case without separators; and the same with the usual replacements undone. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s._-]/gu, '');
const unmasked = (text: string): string =>
  [...plain(text)].map(character => LOOKALIKES[character] ?? character).join('');

/** The shortest repeated unit fills it (“abcabcabcabcabc”, “passwordpassword”). */
const isRepetition = (text: string): boolean => {
  const repeatsAt = (text + text).indexOf(text, 1);
  return (repeatsAt < text.length && repeatsAt <= 12) || new Set(text).size <= 4;
};

const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
];
const NEIGHBOURS = new Set(
  ROWS.flatMap(row => [...row].slice(1).map((character, at) => `${row[at]}${character}`)).flatMap(pair => [
    pair,
    [...pair].reverse().join(''),
  ]),
);
/** Most steps go to the next key or letter. */
const isSequence = (text: string): boolean => {
  const steps = [...text].slice(1).filter((character, at) => NEIGHBOURS.has(`${text[at]}${character}`)).length;
  return text.length > 4 && steps >= (text.length - 1) * 0.7;
};

/** Characters left over when the text is cut into as few known parts as may be; null when more parts than allowed are needed. */
const restBesideKnown = (text: string, known: ReadonlySet<string>): number | null => {
  // best[n][at]: fewest left-over characters in text[0..at) with n known parts.
  let best: number[] = Array.from({ length: text.length + 1 }, (_, at) => at);
  for (let parts = 0; parts < KNOWN_PARTS; parts++) {
    const next = [...best];
    for (let end = 1; end <= text.length; end++) {
      next[end] = Math.min(next[end] as number, (next[end - 1] as number) + 1);
      for (let start = Math.max(0, end - 32); start <= end - 4; start++)
        if (known.has(text.slice(start, end))) next[end] = Math.min(next[end] as number, best[start] as number);
    }
    best = next;
  }
  const rest = best[text.length] as number;
  return rest === text.length ? null : rest;
};

/** What is left when words around the person are taken out, whole and in their parts. */
const withoutNames = (text: string, names: readonly string[]): string => {
  const words = names
    .flatMap(name => [plain(name), ...name.split(/[\s._\-,]+/u).map(plain)])
    .filter(word => word.length >= 3);
  let rest = text;
  for (const word of [...words].sort((a, b) => b.length - a.length)) rest = rest.replaceAll(word, '');
  return rest;
};

/**
 * Judges a new password; null when it may be used. `names`: user name, display name, workspace, organisation words.
 * `known`: passwords that guessers try first, in plain lower case.
 */
export const judgePassword = (
  password: string,
  names: readonly string[],
  known: ReadonlySet<string>,
): PasswordFault | null => {
  const { length } = characters(password);
  if (length < PASSWORD_MINIMUM) return 'too-short';
  if (length > PASSWORD_MAXIMUM) return 'too-long';
  const forms = [plain(password), unmasked(password)];
  if (forms.some(isRepetition)) return 'repetition';
  if (forms.some(isSequence)) return 'sequence';
  if (
    forms.some(
      form =>
        form !== withoutNames(form, names) && withoutNames(form, [...names, ...PRODUCT_WORDS]).length < OWN_CHARACTERS,
    )
  )
    return 'names';
  const isKnown = (form: string): boolean => {
    const rest = restBesideKnown(form, known);
    return known.has(form) || (rest !== null && rest <= DECORATION);
  };
  return forms.some(isKnown) ? 'known' : null;
};
