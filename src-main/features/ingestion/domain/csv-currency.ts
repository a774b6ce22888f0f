import { currencyNamed } from './csv-currency-names.ts';

/** Alphabetic codes of ISO 4217 list one and of currencies withdrawn since 2000 that files of evidence still hold. */
const CODES = new Set(
  `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP
  COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
  IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR
  MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
  SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD
  XOF XPF YER ZAR ZMW ZWG ATS BEF BGN CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MTL NLG PTE ROL SIT SKK TRL`
    .split(/\s+/)
    .filter(code => code !== ''),
);

/** True for an alphabetic code of ISO 4217 (upper case), of today or withdrawn since 2000. */
export const isKnownCurrency = (code: string): boolean => CODES.has(code);

/** Signs and abbreviations that stand for a currency, with the ISO 4217 code where only one is meant. */
const CURRENCY_SIGNS: Readonly<Record<string, string | null>> = {
  '€': 'EUR',
  '£': 'GBP',
  '¥': null,
  '₹': 'INR',
  '₽': 'RUB',
  '₩': 'KRW',
  '₪': 'ILS',
  '₫': 'VND',
  '₴': 'UAH',
  '₺': 'TRY',
  '₦': 'NGN',
  '₱': 'PHP',
  '₸': 'KZT',
  '₡': 'CRC',
  '₾': 'GEL',
  '₼': 'AZN',
  '฿': 'THB',
  $: null,
  US$: 'USD',
  A$: 'AUD',
  AU$: 'AUD',
  C$: 'CAD',
  CA$: 'CAD',
  NZ$: 'NZD',
  HK$: 'HKD',
  S$: 'SGD',
  R$: 'BRL',
  R: 'ZAR',
  RM: 'MYR',
  Rp: 'IDR',
  'Rs.': null,
  Rs: null,
  'руб.': 'RUB',
  руб: 'RUB',
  'р.': 'RUB',
  'грн.': 'UAH',
  грн: 'UAH',
  TL: 'TRY',
  kr: null,
  'kr.': null,
  zł: 'PLN',
  Kč: 'CZK',
  Ft: 'HUF',
  Lt: 'LTL',
  'Fr.': 'CHF',
  Fr: 'CHF',
  'SFr.': 'CHF',
  'лв.': 'BGN',
  лв: 'BGN',
  lei: 'RON',
};

/** Which currencies share a sign, of those that are often written with it. */
const SHARED_SIGNS: Readonly<Record<string, string>> = {
  $: 'USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP',
  '¥': 'JPY CNY',
  kr: 'SEK NOK DKK ISK',
  Rs: 'INR PKR LKR',
};

/** Signs and abbreviations, the longest first. */
export const SIGNS: readonly string[] = Object.keys(CURRENCY_SIGNS).sort((a, b) => b.length - a.length);

/** ISO 4217 code meant by a currency sign or by text that is a code already; null where several could be. */
export const currencyOf = (text: string): string | null =>
  /^[A-Za-z]{3}$/.test(text) ? text.toUpperCase() : (CURRENCY_SIGNS[text] ?? null);

/**
 * ISO 4217 code that a cell of a currency column states: by its code, sign or name, or by a code beside its own sign
 * (`EUR (€)`, `USD $`). A text of three letters is taken for a code, listed or not. Null for text that states no one
 * currency (`Dollar`, `$`).
 */
export const statedCurrency = (text: string): string | null => {
  // XBRL's notation.
  if (/^iso4217:[A-Za-z]{3}$/i.test(text)) return text.slice(-3).toUpperCase();
  const named = currencyNamed(text);
  if (named !== null) return named;
  const beside = /^([A-Z]{3})\s*\(?(\S{1,4}?)\)?$/.exec(text);
  const code = beside?.[1];
  const sign = beside?.[2];
  if (code === undefined || sign === undefined) return currencyOf(text);
  return CURRENCY_SIGNS[sign] === code || SHARED_SIGNS[sign]?.split(' ').includes(code) === true ? code : null;
};
