import { useTranslation } from 'react-i18next';
import type { SourceSummary } from '../../../src-main/contract/imports.contract.ts';
import { StatusTag } from '../../components/StatusTag.tsx';

/** Whether a source counts: in use, or set aside. */
export const SourceState = ({ source }: { readonly source: Pick<SourceSummary, 'state'> }) => {
  const { t } = useTranslation();
  const state = source.state ?? 'in-use';
  return <StatusTag tone={state === 'in-use' ? 'good' : 'unknown'}>{t(`source.state.${state}`)}</StatusTag>;
};
