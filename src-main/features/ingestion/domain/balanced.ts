import { parseDecimal } from '../../../kernel/decimal.ts';

/** Decimal text as integer units at `scale`, exactly; null when it is no decimal or has more decimals. */
export const unitsOfText = (text: string, scale: number): bigint | null => {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return null;
  const fraction = match[3] ?? '';
  if (fraction.length > scale) return null;
  const units = BigInt(`${match[2]}${fraction.padEnd(scale, '0')}`);
  return match[1] === '-' ? -units : units;
};

const decimalsOf = (text: string): number => parseDecimal(text)?.scale ?? text.split('.')[1]?.length ?? 0;

/** closing − (opening + credits − debits), exactly, as units at the returned scale; null where a balance is not stated. */
export const balanceDifference = (
  opening: string | null,
  credits: string,
  debits: string,
  closing: string | null,
): { readonly units: bigint; readonly scale: number } | null => {
  if (opening === null || closing === null) return null;
  const scale = Math.max(...[opening, credits, debits, closing].map(decimalsOf));
  const [o, c, d, e] = [opening, credits, debits, closing].map(text => unitsOfText(text, scale) ?? 0n) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  return { units: e - (o + c - d), scale };
};

/** True when opening + credits − debits = closing exactly; null where a balance is not stated. */
export const balancedAs = (
  opening: string | null,
  credits: string,
  debits: string,
  closing: string | null,
): boolean | null => {
  const difference = balanceDifference(opening, credits, debits, closing);
  return difference === null ? null : difference.units === 0n;
};
