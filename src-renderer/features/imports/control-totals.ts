/** Control totals as typed; '' is not given. Money out is a positive sum, as statements state it. */
export const CONTROL_TOTALS = ['count', 'credits', 'debits', 'net', 'closing'] as const;
export type ControlTotal = (typeof CONTROL_TOTALS)[number];
export type ControlDraft = Readonly<Partial<Record<ControlTotal, string>>>;

const PATTERNS: Readonly<Record<ControlTotal, RegExp>> = {
  count: /^\d{1,15}$/,
  credits: /^\d+(\.\d+)?$/,
  debits: /^\d+(\.\d+)?$/,
  net: /^-?\d+(\.\d+)?$/,
  closing: /^-?\d+(\.\d+)?$/,
};

/** True for a total that is typed and is no number of its kind: nothing is guessed into one. */
export const isInvalidControl = (total: ControlTotal, text: string): boolean =>
  text.trim() !== '' && !PATTERNS[total].test(text.trim());

export const hasInvalidControls = (draft: ControlDraft): boolean =>
  CONTROL_TOTALS.some(total => isInvalidControl(total, draft[total] ?? ''));

export const givenControls = (draft: ControlDraft): readonly ControlTotal[] =>
  CONTROL_TOTALS.filter(total => (draft[total] ?? '').trim() !== '');

export interface Controls {
  count?: number;
  credits?: string;
  debits?: string;
  net?: string;
  closing?: string;
}

/** What `imports.start` takes; undefined where nothing is given. Only for a draft without invalid totals. */
export const controlsOf = (draft: ControlDraft): Controls | undefined => {
  const controls: Controls = {};
  for (const total of givenControls(draft)) {
    const text = (draft[total] ?? '').trim();
    if (total === 'count') controls.count = Number(text);
    else controls[total] = text;
  }
  return Object.keys(controls).length === 0 ? undefined : controls;
};

/** One total that disagrees. */
export interface Disagreement {
  readonly total: ControlTotal;
  readonly expected: string;
  /** Null: the file does not state it. */
  readonly found: string | null;
  readonly rejected: number;
  readonly difference: string | null;
}

const ONE = new RegExp(
  `(${CONTROL_TOTALS.join('|')}): expected (-?[\\d.]*\\d), found (none|-?[\\d.]*\\d)(?: \\(and (\\d+) rejected\\))?(?:, difference (-?[\\d.]*\\d))?`,
  'g',
);

/** The totals of a `control.disagrees` refusal out of its message; [] where it has another form. */
export const disagreementsIn = (message: string): readonly Disagreement[] => {
  const marker = 'do not agree with the file.';
  const at = message.lastIndexOf(marker);
  if (at < 0) return [];
  return [...message.slice(at + marker.length).matchAll(ONE)].map(
    ([, total, expected, found, rejected, difference]) => ({
      total: total as ControlTotal,
      expected: expected ?? '',
      found: found === undefined || found === 'none' ? null : found,
      rejected: Number(rejected ?? 0),
      difference: difference ?? null,
    }),
  );
};
