/** ISO 4217 minor-unit exponents that differ from 2 (list one, including funds codes). Intl's digits differ; ISO's count in court. */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** Number of decimals of a currency's minor unit (ISO 4217); 2 for a currency that is unknown or not given. */
export const currencyExponent = (currency: string | null): number =>
  currency === null ? 2 : (EXPONENTS[currency] ?? 2);

/** True for text shaped like an ISO 4217 alphabetic code. */
export const isCurrencyCode = (text: string): boolean => /^[A-Z]{3}$/.test(text);
