/** How records are linked. */
export interface LinkageSettings {
  /** Probability from which a pair is a link. */
  readonly threshold: number;
  /** For two tables: whether a record links with its best partner only. */
  readonly oneToOne: boolean;
}

/**
 * The defaults. The threshold is a probability under the estimated model and so needs no labels: at 0.9 one link in ten
 * may be wrong at worst, and far fewer are, since most lie well above.
 */
export const DEFAULT_SETTINGS: LinkageSettings = { threshold: 0.9, oneToOne: true };
