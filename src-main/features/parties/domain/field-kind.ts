import { foldText } from './fold-text.ts';
import { parseLooseDate } from './loose-date.ts';
import { parseLooseNumber } from './loose-number.ts';

/** What a field holds, and so how two of its values are compared. */
export const FIELD_KINDS = [
  'given-name',
  'surname',
  'name',
  'business-name',
  'date',
  'email',
  'phone',
  'postcode',
  'code',
  'number',
  'address',
  'word',
  'text',
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

export const isFieldKind = (text: string): text is FieldKind => FIELD_KINDS.some(kind => kind === text);

/** Column names, folded, that tell a kind; the first that fits decides. */
const BY_NAME: readonly (readonly [FieldKind, RegExp])[] = [
  ['email', /\be ?mail\b|\bcourriel\b|\bcorreo\b/],
  [
    'given-name',
    /\b(?:given|first|fore|middle)(?: ?names?)?\b|\bf ?name\b|\bvorname|\bprenom|\bnombre|\bimie\b|\bname1\b/,
  ],
  [
    'surname',
    /\bsur ?name|\b(?:last|family) ?name|\bl ?name\b|\bnachname|\bfamilienname|\bnom(?: de famille)?\b|\bapellidos?\b|\bnazwisko\b|\bcognome\b/,
  ],
  ['date', /\bdob\b|\bdate|\bdatum|\bfecha\b|\bgeburts|\bbirth ?da(?:y|te)\b/],
  ['phone', /\bphone|\btel\b|\btelephone|\btelefon|\bmobile\b|\bfax\b|\bhandy\b/],
  ['postcode', /\bpost ?(?:al )?code|\bzip\b|\bplz\b|\bpostleitzahl\b|\bcode postal\b|\bcap\b/],
  [
    'number',
    /\bprice|\bamount|\bbetrag|\bmontant|\bpreis|\bprix\b|\bcost\b|\bvalue\b|\bturnover\b|\bweight\b|\bcalories\b|\babv\b/,
  ],
  [
    'code',
    /\biban\b|\baccount|\bkonto|\bcompte\b|\bssn\b|\bsoc|\btax|\bvat\b|\bpassport|\blicen[cs]e|\b(?:id|nr|no|number|num)$/,
  ],
  ['address', /\baddr|\bstreet|\bstr\b|\bstrasse|\brue\b|\broad\b|\badresse|\bindirizzo|\bdireccion/],
  [
    'business-name',
    /\bcompany|\bfirm|\bvendor|\bsupplier|\bmerchant|\bcounterparty|\bparty|\bpayee|\bpayer|\bbeneficiary|\bcreditor|\bdebtor|\bcustomer|\bclient|\borganisation|\borganization|\bmanufacturer|\bbrand\b|\blieferant|\bkunde/,
  ],
  ['text', /\btitle|\bdescription|\bdesc\b|\bcomment|\bremark|\bnotes?\b|\btext\b|\babstract\b/],
  ['name', /\bnames?\b|\bname\b|\bauthors?\b|\bvenue\b/],
];

const SAMPLE = 2_000;
/** Share of the filled values that must read as a kind for it to be taken from the values. */
const MOST = 0.8;
/** Words a value has on average from which it is a text and not a word. */
const TEXT_WORDS = 6;

/** The kind a column's name tells, null for one that tells none. */
export const kindByName = (name: string): FieldKind | null => {
  const folded = foldText(name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' '));
  return BY_NAME.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
};

interface ValueShares {
  readonly dates: number;
  readonly emails: number;
  readonly digits: number;
  readonly decimals: number;
  readonly words: number;
}

const sharesOf = (values: readonly string[]): ValueShares => {
  let dates = 0;
  let emails = 0;
  let digits = 0;
  let decimals = 0;
  let words = 0;
  for (const value of values) {
    if (parseLooseDate(value, 'dmy') !== null) dates++;
    if (/^[^\s@]+@[^\s@]+$/.test(value.trim())) emails++;
    if (/^[^\p{L}]*\d[^\p{L}]*$/u.test(value)) digits++;
    if (/[.,]\d{1,2}$|^[$€£]/.test(value.trim()) && parseLooseNumber(value) !== null) decimals++;
    words += foldText(value).split(' ').length;
  }
  const count = Math.max(1, values.length);
  return {
    dates: dates / count,
    emails: emails / count,
    digits: digits / count,
    decimals: decimals / count,
    words: words / count,
  };
};

/**
 * The kind of a column by its name and its distinct values (in an order that does not depend on the rows' order). The
 * name proposes, the values may refuse: a “street number” of digits is a code, a “date” of words is a text.
 */
export const inferKind = (name: string, distinct: readonly string[]): FieldKind => {
  const step = Math.max(1, Math.floor(distinct.length / SAMPLE));
  const sample = distinct.filter((_, i) => i % step === 0);
  const shares = sharesOf(sample);
  const named = kindByName(name);
  const digital = shares.digits >= MOST;
  switch (named) {
    case 'date':
      if (shares.dates >= 0.5) return 'date';
      break;
    case 'email':
    case 'phone':
    case 'postcode':
      return named;
    case 'number':
      if (digital) return 'number';
      break;
    case 'code':
      if (shares.words < 3) return 'code';
      break;
    case null:
      break;
    default:
      if (!digital) return named === 'name' && shares.words >= TEXT_WORDS ? 'text' : named;
  }
  if (shares.emails >= 0.6) return 'email';
  if (shares.dates >= MOST) return 'date';
  if (shares.decimals >= 0.5 && digital) return 'number';
  if (digital) return 'code';
  if (shares.words >= TEXT_WORDS) return 'text';
  return shares.words >= 1.5 ? 'name' : 'word';
};
