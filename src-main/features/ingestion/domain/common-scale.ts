import { powerOfTen } from '../../../kernel/decimal.ts';

/** Amounts of one source: integer units of 10^-scale. */
export interface ScaledUnits {
  readonly scale: number;
  readonly units: Float64Array;
}

/** The same amount in units of another scale; NaN where it has none: it would exceed 2^53 units, or is finer than they are. */
export const unitsAt = (units: number, from: number, to: number): number => {
  const factor = powerOfTen(Math.abs(to - from));
  const moved = to >= from ? units * factor : units / factor;
  return Number.isSafeInteger(moved) ? moved : Number.NaN;
};

const fitsAll = ({ scale, units }: ScaledUnits, at: number): boolean => {
  const most = Number.MAX_SAFE_INTEGER / powerOfTen(at - scale);
  for (let row = 0; row < units.length; row++) if (Math.abs(units[row]!) > most) return false;
  return true;
};

const lostAt = (parts: readonly ScaledUnits[], at: number): number => {
  let lost = 0;
  for (const { scale, units } of parts) {
    if (scale === at) continue;
    for (let row = 0; row < units.length; row++)
      if (!Number.isNaN(units[row]!) && Number.isNaN(unitsAt(units[row]!, scale, at))) lost++;
  }
  return lost;
};

/**
 * Decimals at which amounts of several sources can be compared and added as integers: those of the finest source, where all
 * others have exact units (up to 2^53) at them. Else the decimals at which the fewest amounts have none; of equals the fewest
 * decimals, which keep the largest amounts. So one very fine amount does not take millions out of every test, nor the other
 * way round.
 */
export const commonScale = (parts: readonly ScaledUnits[]): number => {
  const scales = [...new Set(parts.map(({ scale }) => scale))].sort((a, b) => a - b);
  const finest = scales.at(-1) ?? 2;
  if (parts.every(part => part.scale === finest || fitsAll(part, finest))) return finest;
  let best = { scale: finest, lost: Infinity };
  for (let scale = scales[0]!; scale <= finest; scale++) {
    const lost = lostAt(parts, scale);
    if (lost < best.lost) best = { scale, lost };
  }
  return best.scale;
};
