import type { TFunction } from 'i18next';
import { proposalName } from './proposal-name.ts';

const SIDE = /^(a|b|ab):(total|open|suggested|matched|unsettled)(?::(.*))?$/s;
const PAIRS = /^pairs:(suggested|confirmed|accepted|hand|rejected|matched)$/;
const PROPOSAL = /^proposal:(a|b):(.+)$/s;

/** A figure of the reconciliation in words, for the chip that says where the grid's rows come from. */
export const reconciliationWords = (t: TFunction, name: string): string => {
  const side = SIDE.exec(name);
  if (side !== null) {
    const [, which, part, currency] = side;
    return [
      t('reconciliation.chip.side', {
        side: t(`reconciliation.chip.sides.${which as 'a'}`),
        part: t(`reconciliation.chip.parts.${part as 'open'}`),
      }),
      ...(currency === undefined ? [] : [currency || t('money.currencyUnknown')]),
    ].join(', ');
  }
  const pairs = PAIRS.exec(name)?.[1];
  if (pairs !== undefined)
    return t('reconciliation.chip.pairs', { judgment: t(`reconciliation.judgments.${pairs as 'matched'}`) });
  const proposal = PROPOSAL.exec(name);
  if (proposal !== null)
    return t('reconciliation.chip.proposal', {
      side: t(`reconciliation.chip.sides.${proposal[1] as 'a'}`),
      proposal: proposalName(t, proposal[2] ?? ''),
    });
  if (name.startsWith('match:')) return t('reconciliation.chip.match');
  if (name.startsWith('cash:')) return t('reconciliation.chip.cash');
  return name === 'explained' ? t('reconciliation.chip.explained') : t('reconciliation.chip.other', { name });
};
