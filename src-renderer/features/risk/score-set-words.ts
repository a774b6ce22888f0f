import type { TFunction } from 'i18next';

const RISK = /^risk:(transaction|account|party):(\*|[a-z0-9-]+):(.*)$/s;
const HITS = /^hits:([a-z0-9-]+)$/;
const TYPOLOGY = /^(?:typology|backtest):([a-z0-9-]+)@(\d+)(?::(.*))?$/s;
const OVERLAP = /^overlap:([a-z0-9-]+)@(\d+):([a-z0-9-]+)@(\d+):(both|onlyA|onlyB)$/;

/** A set behind a number of a risk score, typology or back-test in words; null for the name of any other set. */
export const scoreSetWords = (t: TFunction, name: string): string | null => {
  const hits = HITS.exec(name);
  if (hits !== null) return t('chips.hits', { test: hits[1] });
  const risk = RISK.exec(name);
  if (risk !== null) {
    // A transaction is told by its own row; its number in the store says nothing to people.
    const unit = risk[1] === 'transaction' ? t('chips.oneTransaction') : risk[3] || t('notStated');
    return risk[2] === '*' ? t('chips.riskUnit', { unit }) : t('chips.riskTest', { test: risk[2], unit });
  }
  const typology = TYPOLOGY.exec(name);
  if (typology !== null) {
    const of = t('backtest.option', { title: typology[1], version: typology[2] });
    return typology[3] === undefined ? t('chips.typology', { of }) : t('chips.typologyPart', { of, part: typology[3] });
  }
  const overlap = OVERLAP.exec(name);
  if (overlap === null) return null;
  return t('chips.overlap', {
    a: t('backtest.option', { title: overlap[1], version: overlap[2] }),
    b: t('backtest.option', { title: overlap[3], version: overlap[4] }),
    part: t(`backtest.parts.${overlap[5] as 'both'}`),
  });
};
