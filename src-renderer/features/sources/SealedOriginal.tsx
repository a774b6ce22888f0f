import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SourceSummary } from '../../../src-main/contract/imports.contract.ts';
import { paths } from '../../app/paths.ts';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { Digest } from '../../components/Digest.tsx';
import { byteText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { SourceState } from './SourceState.tsx';
import { useProfileText } from './use-profile-text.ts';

interface SealedOriginalProps {
  readonly source: SourceSummary;
  /** The archive it came out of. */
  readonly container: SourceSummary | undefined;
}

/** What is known of the file itself, and whether it counts. */
export const SealedOriginal = ({ source, container }: SealedOriginalProps) => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const profile = useProfileText(source.profile);
  return (
    <Panel title={t('source.original')}>
      <DefinitionList
        entries={[
          [t('certificate.state'), <SourceState key="state" source={source} />],
          [t('source.digest'), <Digest key="digest" value={source.sha256} label={source.name} full />],
          [t('sources.size'), byteText(source.bytes)],
          [t('sources.format'), source.format],
          [t('source.encoding'), source.encoding],
          [t('source.accounts'), source.accounts.join(', ') || t('source.accountsUnknown')],
          ...(container === undefined
            ? []
            : [
                [
                  t('source.fromArchive'),
                  <Link key="archive" to={paths.source(caseId, container.id)}>
                    {container.name}
                  </Link>,
                ] as const,
              ]),
          ...(profile === null ? [] : [[t('source.profile'), profile] as const]),
        ]}
      />
    </Panel>
  );
};
