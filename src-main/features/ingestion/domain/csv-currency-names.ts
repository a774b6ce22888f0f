/**
 * Names of currencies by ISO 4217 code: those of list one (SIX, “List one: currency, fund and precious metal codes”),
 * and spellings that banks, programs and spreadsheets write for the same currency and for no other. In lower case,
 * without accents and points. A name that several countries use alone (dollar, pound, franc, krone, peso …) stands for
 * none of them.
 */
const NAMES_BY_CODE: Readonly<Record<string, string>> = {
  AED: 'uae dirham|united arab emirates dirham|emirati dirham',
  ARS: 'argentine peso|argentinian peso',
  AUD: 'australian dollar|australischer dollar|dollar australien',
  BDT: 'taka|bangladeshi taka',
  BGN: 'bulgarian lev',
  BHD: 'bahraini dinar',
  BRL: 'brazilian real|real brasileiro',
  CAD: 'canadian dollar|kanadischer dollar|dollar canadien',
  CHF: 'swiss franc|schweizer franken|franc suisse|franco svizzero|franco suizo',
  CLP: 'chilean peso|peso chileno',
  CNY: 'yuan renminbi|renminbi|chinese yuan|chinese renminbi|rmb',
  COP: 'colombian peso|peso colombiano',
  CZK: 'czech koruna|czech crown|koruna ceska|ceska koruna|tschechische krone',
  DKK: 'danish krone|danish crown|danische krone|dansk krone',
  EGP: 'egyptian pound',
  EUR: 'euro',
  GBP: 'pound sterling|sterling|british pound|british pound sterling|uk pound|uk pound sterling|great british pound|gb pound|pfund sterling|britisches pfund|livre sterling|libra esterlina|lira sterlina',
  GEL: 'lari|georgian lari',
  GHS: 'ghana cedi|ghanaian cedi',
  HKD: 'hong kong dollar|hongkong dollar',
  HUF: 'forint|hungarian forint|magyar forint|ungarischer forint',
  IDR: 'rupiah|indonesian rupiah',
  ILS: 'new israeli sheqel|new israeli shekel|israeli new shekel|israeli shekel',
  INR: 'indian rupee',
  ISK: 'iceland krona|icelandic krona',
  JOD: 'jordanian dinar',
  JPY: 'yen|japanese yen|japanischer yen',
  KES: 'kenyan shilling',
  KRW: 'south korean won|korean won',
  KWD: 'kuwaiti dinar',
  KZT: 'tenge|kazakhstani tenge',
  LKR: 'sri lanka rupee|sri lankan rupee',
  MAD: 'moroccan dirham',
  MXN: 'mexican peso|peso mexicano',
  MYR: 'malaysian ringgit',
  NGN: 'naira|nigerian naira',
  NOK: 'norwegian krone|norwegian crown|norwegische krone|norsk krone',
  NZD: 'new zealand dollar|neuseelandischer dollar',
  OMR: 'rial omani|omani rial',
  PEN: 'peruvian sol|sol peruano',
  PHP: 'philippine peso',
  PKR: 'pakistan rupee|pakistani rupee',
  PLN: 'zloty|polish zloty|zloty polski|polnischer zloty',
  QAR: 'qatari rial|qatari riyal',
  RON: 'romanian leu|leu romanesc',
  RSD: 'serbian dinar',
  RUB: 'russian ruble|russian rouble|russischer rubel|российскии рубль',
  SAR: 'saudi riyal|saudi rial',
  SEK: 'swedish krona|swedish krone|swedish crown|schwedische krone|svensk krona',
  SGD: 'singapore dollar|singapur dollar',
  THB: 'baht|thai baht',
  TND: 'tunisian dinar',
  TRY: 'turkish lira|turk lirasi|turkische lira',
  TWD: 'new taiwan dollar|taiwan dollar',
  UAH: 'hryvnia|ukrainian hryvnia',
  USD: 'us dollar|u s dollar|united states dollar|american dollar|us amerikanischer dollar|dollar us|dollar americain|dolar estadounidense|dollaro statunitense|dolar americano',
  VND: 'dong|vietnamese dong',
  ZAR: 'rand|south african rand',
};

/** A name in the form of the list: no accents, no points, no plural s, one blank between words. */
const normalizedName = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/ł/g, 'l')
    .replace(/ı/g, 'i')
    .replace(/[^\p{L}]+/gu, ' ')
    .replace(/(?<=\p{L}{3})s(?= |$)/gu, '')
    .trim();

const CODE_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES_BY_CODE).flatMap(([code, names]) =>
    names.split('|').map((name): [string, string] => [normalizedName(name), code]),
  ),
);

/** Longest text looked up: no name of a currency is longer. */
const LONGEST_NAME = 60;

/**
 * ISO 4217 code of a currency by its name, where only one is meant: `US Dollar`, `Pound sterling`, `Swiss francs`, and
 * `USD – US Dollar` where code and name agree. Null for names that several currencies share and for all other text.
 */
export const currencyNamed = (text: string): string | null => {
  if (text.length > LONGEST_NAME) return null;
  const name = normalizedName(text);
  const code = CODE_OF.get(name);
  if (code !== undefined) return code;
  const words = name.split(' ');
  const agrees = (short: string | undefined, rest: readonly string[]): boolean =>
    short !== undefined && CODE_OF.get(rest.join(' ')) === short.toUpperCase();
  if (agrees(words[0], words.slice(1))) return words[0]!.toUpperCase();
  return agrees(words.at(-1), words.slice(0, -1)) ? words.at(-1)!.toUpperCase() : null;
};
