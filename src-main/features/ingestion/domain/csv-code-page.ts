import type { CodecFor } from '../../../kernel/text.ts';

/**
 * Tells legacy code pages apart by the text they would give: letters of one language speak for a page; letters of
 * another, signs inside a word, capitals behind small letters, and bytes that the page does not have speak against it.
 */

/** Latin scripts have their letters beyond ASCII one by one between ASCII ones, others in whole words. */
type Script = 'latin' | 'other';

/** Code pages that are considered, and what each letter read in a rarer one has to make up for. */
const PAGES: readonly (readonly [encoding: string, script: Script, rarity: number])[] = [
  ['windows-1252', 'latin', 0],
  ['windows-1250', 'latin', 0.1],
  ['windows-1251', 'other', 0.1],
  ['windows-1254', 'latin', 0.3],
  ['windows-1257', 'latin', 0.3],
  ['windows-1253', 'other', 0.3],
  ['iso-8859-2', 'latin', 0.2],
  ['iso-8859-15', 'latin', 0.5],
  ['cp850', 'latin', 0.5],
  ['cp437', 'latin', 0.6],
  ['mac-roman', 'latin', 0.5],
  ['cp852', 'latin', 0.6],
  ['koi8-r', 'other', 0.6],
  ['iso-8859-5', 'other', 0.6],
  ['cp866', 'other', 0.6],
  ['iso-8859-7', 'other', 0.4],
];

/** Letters beyond ASCII of each language (lower case), as its official orthography has them; of other scripts by frequency. */
const LANGUAGES: readonly (readonly [script: Script, letters: string])[] = [
  ['latin', 'äöüß'],
  ['latin', 'éèêëàâçîïôùûœ'],
  ['latin', 'áéíóúñü'],
  ['latin', 'ãõçáéíóúâêôà'],
  ['latin', 'àèéìòù'],
  ['latin', 'ëïéèöüáó'],
  ['latin', 'åäöé'],
  ['latin', 'æøåéó'],
  ['latin', 'þðæöáéíóúý'],
  ['latin', 'ąćęłńóśźż'],
  ['latin', 'áčďéěíňóřšťúůýž'],
  ['latin', 'áäčďéíĺľňóôŕšťúýž'],
  ['latin', 'áéíóöőúüű'],
  ['latin', 'ăâîșțşţ'],
  ['latin', 'čćđšž'],
  ['latin', 'çğıi̇öşüâîû'],
  ['latin', 'ąčęėįšųūž'],
  ['latin', 'āčēģīķļņšūž'],
  ['latin', 'äöõüšž'],
  ['other', 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё'],
  ['other', 'оаинтевірслкдумпязьбгчйхжїюшцщєфґ'],
  ['other', 'аоиентсрјувдкмлпзгбчшцжњћљфхџђ'],
  ['other', 'αοιετσνηυρπκμλςγδάωθίχόβφύέήξώζψϊϋΐΰ'],
];

/** Signs that stand in the texts of banks: quotes, dashes, currencies, degrees, paragraphs, fractions. */
const TYPOGRAPHIC = '€£§°–—’‘“”„…«»·•®©™½¼¾²³ºª¿¡\u00a0×±№';

/** Marks of ordinals, which Unicode counts among the letters, and what they stand behind: nº, Mª, 1º. */
const ORDINALS = 'ºª';
const NUMBER_SIGN = /^(?:[NnMm\d][ºª°])$/;

const IN_LANGUAGE = 3;
/** A letter that is not among the dozen most frequent of a script that has no others. */
const RARE_LETTER = 1.5;
const FREQUENT_LETTERS = 12;
const OTHER_LETTER = -1;
/** A letter right beside a digit, where a currency sign would stand. */
const BESIDE_DIGIT = -3;
const SIGN = 1;
const SIGN_IN_WORD = -4;
const ODD_SIGN = -3;
const UNDEFINED = -8;
const CAPITAL_IN_WORD = -2;
/** A letter in the wrong company: alone, or in rows in a script that has its letters beyond ASCII one by one. */
const WRONG_COMPANY = -2;
/** Points that the winner must be ahead of any page that reads the text differently, to be sure: one letter's worth. */
const SURE_LEAD = IN_LANGUAGE - OTHER_LETTER;
/** The least lead for each byte that the two read differently, and the least points a byte of its own. */
const SURE_LEAD_A_DIFFERENCE = 0.5;
const SURE_SCORE_A_BYTE = 1;
/** Bytes that it takes to believe in a rare page (of DOS, of the old Macintosh). */
const RARE_PAGE = 0.5;
const RARE_PAGE_BYTES = 5;
const SAMPLE_BYTES = 20_000;

/** A guess at a code page. */
export interface CodePageGuess {
  readonly encoding: string;
  readonly sure: boolean;
  readonly reason: string;
  /** The likeliest other page that reads the text differently, with an example of both; null where none is near. */
  readonly rival: { readonly encoding: string; readonly here: string; readonly there: string } | null;
}

const isLetter = (char: string): boolean => /\p{L}/u.test(char);

interface HighByte {
  readonly at: number;
  readonly byte: number;
}

const signScore = (char: string, before: string, behind: string): number => {
  const letterBefore = isLetter(before);
  const letterBehind = isLetter(behind);
  if (NUMBER_SIGN.test(before + char) && !letterBehind) return IN_LANGUAGE;
  if (letterBefore && letterBehind) return SIGN_IN_WORD;
  const touches = (letterBefore || letterBehind) && /\p{Sc}/u.test(char);
  return TYPOGRAPHIC.includes(char) && !touches ? SIGN : ODD_SIGN;
};

/** Score of a page for each byte beyond ASCII, added up, in the language that suits its letters best. */
const scoreOf = (bytes: Uint8Array, highs: readonly HighByte[], chars: readonly string[], script: Script): number => {
  const charAt = (at: number): string => (bytes[at] === undefined ? ' ' : chars[bytes[at]!]!);
  const letters = new Map<string, number>();
  let score = 0;
  for (const { at, byte } of highs) {
    const char = chars[byte]!;
    const before = charAt(at - 1);
    const behind = charAt(at + 1);
    if (char === '\ufffd' || /\p{C}/u.test(char)) score += UNDEFINED;
    else if (!isLetter(char) || ORDINALS.includes(char)) score += signScore(char, before, behind);
    else {
      const small = char.toLowerCase();
      letters.set(small, (letters.get(small) ?? 0) + 1);
      if (/\p{Lu}/u.test(char) && /\p{Ll}/u.test(before)) score += CAPITAL_IN_WORD;
      const high = Number((bytes[at - 1] ?? 0) >= 0x80) + Number((bytes[at + 1] ?? 0) >= 0x80);
      if (/\d/.test(before) || /\d/.test(behind)) score += BESIDE_DIGIT;
      const alone = !isLetter(before) && !isLetter(behind);
      if (script === 'other' ? high === 0 : high === 2 || alone) score += WRONG_COMPANY;
    }
  }
  let best = Number.NEGATIVE_INFINITY;
  for (const [languageScript, alphabet] of LANGUAGES) {
    if (languageScript !== script) continue;
    let points = 0;
    for (const [letter, count] of letters) {
      const rank = alphabet.indexOf(letter);
      const frequent = rank >= 0 && (script === 'latin' || rank < FREQUENT_LETTERS);
      points += count * (frequent ? IN_LANGUAGE : rank >= 0 ? RARE_LETTER : OTHER_LETTER);
    }
    best = Math.max(best, points);
  }
  return score + best;
};

const textAround = (bytes: Uint8Array, chars: readonly string[], at: number): string => {
  const isWord = (p: number): boolean => bytes[p] !== undefined && isLetter(chars[bytes[p]!]!);
  let start = at;
  let end = at + 1;
  while (at - start < 12 && isWord(start - 1)) start--;
  while (end - at < 12 && isWord(end)) end++;
  return Array.from(bytes.subarray(start, end), byte => chars[byte]!).join('');
};

/**
 * The code page that bytes beyond ASCII are most likely written in (they are known not to be UTF-8), and whether the
 * evidence leaves a doubt that changes a letter.
 */
export const guessCodePage = (bytes: Uint8Array, codecFor: CodecFor): CodePageGuess => {
  const highs: HighByte[] = [];
  for (let at = 0; at < bytes.length && highs.length < SAMPLE_BYTES; at++)
    if (bytes[at]! >= 0x80) highs.push({ at, byte: bytes[at]! });
  const used = new Set(highs.map(({ byte }) => byte));
  const scored = PAGES.flatMap(([encoding, script, rarity], rank) => {
    const codec = codecFor(encoding);
    if (codec === null || (rarity >= RARE_PAGE && highs.length < RARE_PAGE_BYTES)) return [];
    const one = new Uint8Array(1);
    const chars = Array.from({ length: 256 }, (_, byte) => {
      one[0] = byte;
      return codec.slice(one, 0, 1);
    });
    return [{ encoding, rank, chars, score: scoreOf(bytes, highs, chars, script) - rarity * highs.length }];
  });
  scored.sort((a, b) => b.score - a.score || a.rank - b.rank);
  // Where no page gives sensible text, or none is well ahead of the commonest, that one is as good as any.
  const top = scored[0]!;
  const commonest = scored.find(({ rank }) => rank === 0) ?? top;
  const sensible = top.score >= SURE_SCORE_A_BYTE * highs.length;
  const best = sensible && top.score - commonest.score >= SURE_LEAD ? top : commonest;
  const rival = scored.find(({ chars }) => [...used].some(byte => chars[byte] !== best.chars[byte]));
  const lead = rival === undefined ? Number.POSITIVE_INFINITY : best.score - rival.score;
  const differences =
    rival === undefined ? 0 : highs.filter(({ byte }) => rival.chars[byte] !== best.chars[byte]).length;
  const sure = sensible && lead >= Math.max(SURE_LEAD, SURE_LEAD_A_DIFFERENCE * differences);
  const differing = rival === undefined ? undefined : highs.find(({ byte }) => rival.chars[byte] !== best.chars[byte]);
  return {
    encoding: best.encoding,
    sure,
    reason: `bytes that are not valid UTF-8, and no byte order mark: as ${best.encoding} they give the likeliest text`,
    rival:
      rival === undefined || differing === undefined
        ? null
        : {
            encoding: rival.encoding,
            here: textAround(bytes, best.chars, differing.at),
            there: textAround(bytes, rival.chars, differing.at),
          },
  };
};
