import { NexusError } from '../../../contract/errors.ts';
import type { Decimal } from '../../../kernel/decimal.ts';
import { formatUnits, parseDecimal, powerOfTen } from '../../../kernel/decimal.ts';
import type { StatementTotals } from '../domain/statement-totals.ts';

/** What the examiner knows of a file from elsewhere (a covering letter, a page of totals). Null is not stated. */
export interface ControlTotals {
  readonly count: number | null;
  readonly credits: Decimal | null;
  /** A positive sum, as statements state it. */
  readonly debits: Decimal | null;
  readonly net: Decimal | null;
  readonly closing: Decimal | null;
}

export const CONTROL_SETTINGS = ['controlCount', 'controlCredits', 'controlDebits', 'controlNet', 'controlClosing'];

const invalid = (setting: string, value: string, what: string): NexusError =>
  new NexusError({ code: 'control.invalid', category: 'usage', message: `${setting}=${value}: ${what}.` });

/** Control totals apart from the settings that say how a file is read. Throws `control.invalid`. */
export const splitControls = (
  overrides: Readonly<Record<string, string>>,
): { readonly controls: ControlTotals; readonly rest: Readonly<Record<string, string>> } => {
  const amount = (setting: string, signed: boolean): Decimal | null => {
    const text = overrides[setting];
    if (text === undefined) return null;
    const value = parseDecimal(text);
    if (value === null) throw invalid(setting, text, 'an amount such as 1234.50 is needed, with a point');
    if (!signed && value.units < 0) throw invalid(setting, text, 'a sum of debits or credits is not negative');
    return value;
  };
  const count = overrides.controlCount;
  if (count !== undefined && !/^\d{1,15}$/.test(count))
    throw invalid('controlCount', count, 'a whole number is needed');
  return {
    controls: {
      count: count === undefined ? null : Number(count),
      credits: amount('controlCredits', false),
      debits: amount('controlDebits', false),
      net: amount('controlNet', true),
      closing: amount('controlClosing', true),
    },
    rest: Object.fromEntries(Object.entries(overrides).filter(([name]) => !CONTROL_SETTINGS.includes(name))),
  };
};

export const hasControls = (overrides: Readonly<Record<string, string>>): boolean =>
  CONTROL_SETTINGS.some(setting => overrides[setting] !== undefined);

/** The exact value of units of 10^-scale. */
interface Exact {
  readonly units: bigint;
  readonly scale: number;
}
const exact = ({ units, scale }: Decimal): Exact => ({ units: BigInt(units), scale });
const subtract = (a: Exact, b: Exact): Exact => {
  const scale = Math.max(a.scale, b.scale);
  const at = ({ units, scale: own }: Exact): bigint => units * BigInt(powerOfTen(scale - own));
  return { units: at(a) - at(b), scale };
};
const text = ({ units, scale }: Exact): string => formatUnits(units, scale, 2);

const refusal = (name: string, code: string, message: string, remedy: string): NexusError =>
  new NexusError({
    code,
    category: 'input',
    message: `${name}: ${message}`,
    file: name,
    kept: 'Nothing of this file was stored.',
    remedy,
  });

const closingOf = (totals: readonly StatementTotals[], name: string): Exact | null => {
  const accounts = new Set(totals.map(total => total.header.accountId));
  if (accounts.size > 1)
    throw refusal(
      name,
      'control.not-comparable',
      `one closing balance was given, and the file holds ${accounts.size} accounts.`,
      'Leave controlClosing out, or give the accounts in files of their own.',
    );
  const closing = totals.at(-1)?.balances.closing ?? null;
  return closing === null ? null : exact(closing.amount);
};

/**
 * Compares what was read with the control totals given. Throws NexusError `control.disagrees` with expected, found and
 * difference of each, or `control.not-comparable` where a sum over several currencies or accounts would mean nothing.
 */
export const checkControls = (
  controls: ControlTotals,
  totals: readonly StatementTotals[],
  rejected: number,
  name: string,
): void => {
  const { count, credits, debits, net, closing } = controls;
  const wrong: string[] = [];
  const kept = rejected === 0 ? '' : ` (and ${rejected} rejected)`;
  const found = totals.reduce((sum, total) => sum + total.count, 0);
  if (count !== null && count !== found)
    wrong.push(`count: expected ${count}, found ${found}${kept}, difference ${found - count}`);
  const currencies = new Set(totals.map(total => total.header.currency));
  if ((credits ?? debits ?? net) !== null && currencies.size > 1)
    throw refusal(
      name,
      'control.not-comparable',
      `sums were given, and the file holds ${currencies.size} currencies.`,
      'Give controlCount only, or the currencies in files of their own.',
    );
  const scale = totals[0]?.scale ?? 0;
  const sum = (pick: (total: StatementTotals) => bigint): Exact => ({
    units: totals.reduce((whole, total) => whole + pick(total), 0n),
    scale,
  });
  const compare = (what: string, expected: Decimal | null, actual: () => Exact | null): void => {
    if (expected === null) return;
    const read = actual();
    const wanted = exact(expected);
    if (read === null) wrong.push(`${what}: expected ${text(wanted)}, found none: the file does not state it`);
    else if (subtract(read, wanted).units !== 0n)
      wrong.push(
        `${what}: expected ${text(wanted)}, found ${text(read)}${kept}, difference ${text(subtract(read, wanted))}`,
      );
  };
  compare('credits', credits, () => sum(total => total.credits));
  compare('debits', debits, () => sum(total => total.debits));
  compare('net', net, () => sum(total => total.credits - total.debits));
  compare('closing', closing, () => closingOf(totals, name));
  if (wrong.length > 0)
    throw refusal(
      name,
      'control.disagrees',
      `the control totals given do not agree with the file. ${wrong.join('; ')}.`,
      'Ask for the file again, or correct the control totals.',
    );
};
