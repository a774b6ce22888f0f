import { type Decimal, parseDecimal } from '../../../kernel/decimal.ts';

interface FecAmount {
  readonly value: Decimal;
  /** Whether the text follows the law: digits and a decimal comma, the sign first, no grouping. */
  readonly standard: boolean;
}

const STANDARD = /^([+-]?)(\d+)(?:,(\d+))?$/;
const GROUPED = /^([+-]?)(\d{1,3}(?:([ .])\d{3})(?:\3\d{3})*)(?:,(\d+))?$/;
const POINT = /^([+-]?)(\d+)\.(\d+)$/;

/**
 * An amount as FEC and DATEV write it: decimal comma, no grouping (LPF art. A47 A-1, XII 2°; DATEV field 1). Read beyond
 * that, because only one reading is left: groups of three before a comma (`1 234,56`, `1.234,56`), a decimal point that
 * is not followed by exactly three digits, a sign behind. Null for everything else, `1.234` included: it has two readings.
 */
export const parseFecAmount = (text: string): FecAmount | null => {
  const trimmed = text.trim();
  const standard = STANDARD.exec(trimmed);
  if (standard) return exact(standard[1]!, standard[2]!, standard[3], true);
  const signBehind = /^(\d.*)-$/.exec(trimmed);
  const plain = (signBehind ? `-${signBehind[1]}` : trimmed).replace(/[\u00a0\u202f\u2009]/g, ' ');
  const behind = signBehind ? STANDARD.exec(plain) : null;
  if (behind) return exact(behind[1]!, behind[2]!, behind[3], false);
  const grouped = GROUPED.exec(plain);
  // `1 234` has one reading, `1.234` has two.
  if (grouped && (grouped[4] !== undefined || grouped[3] === ' '))
    return exact(grouped[1]!, grouped[2]!.replace(/[ .]/g, ''), grouped[4], false);
  const point = POINT.exec(plain);
  return point && point[3]!.length !== 3 ? exact(point[1]!, point[2]!, point[3], false) : null;
};

const exact = (sign: string, whole: string, fraction: string | undefined, standard: boolean): FecAmount | null => {
  const value = parseDecimal(`${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}`);
  return value === null ? null : { value, standard };
};
