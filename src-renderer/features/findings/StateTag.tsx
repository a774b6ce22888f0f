import { useTranslation } from 'react-i18next';
import type { FINDING_STATES } from '../../../src-main/contract/findings.contract.ts';
import { StatusTag } from '../../components/StatusTag.tsx';

const TONES = { open: 'unknown', explained: 'good', confirmed: 'bad', dismissed: 'good' } as const;

/** What was decided on a finding. */
export const StateTag = ({ state }: { readonly state: (typeof FINDING_STATES)[number] }) => {
  const { t } = useTranslation();
  return <StatusTag tone={TONES[state]}>{t(`states.${state}`)}</StatusTag>;
};
