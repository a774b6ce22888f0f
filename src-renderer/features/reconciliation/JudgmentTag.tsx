import { useTranslation } from 'react-i18next';
import { StatusTag, type StatusTone } from '../../components/StatusTag.tsx';
import type { Judgment } from './reconciliation-types.ts';

const TONES: Readonly<Record<Judgment, StatusTone>> = {
  suggested: 'unknown',
  confirmed: 'good',
  accepted: 'good',
  hand: 'good',
  rejected: 'bad',
};

/** What became of a match, as icon and word. */
export const JudgmentTag = ({ judgment, short = false }: { readonly judgment: Judgment; readonly short?: boolean }) => {
  const { t } = useTranslation();
  return (
    <StatusTag tone={TONES[judgment]}>
      {t(short ? `reconciliation.judgmentsShort.${judgment}` : `reconciliation.judgments.${judgment}`)}
    </StatusTag>
  );
};
