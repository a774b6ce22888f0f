import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { groupedDecimal } from '../../components/money-text.ts';
import { settingName, settingValue } from '../imports/setting-name.ts';
import styles from './Certificate.module.css';
import { StatementsTable } from './StatementsTable.tsx';
import { splitSettings } from './source-settings.ts';
import { useProfileText } from './use-profile-text.ts';

/** What was imported, how it was read and what it came to: one page that stands for the import. */
export const Certificate = ({ read }: { readonly read: ChannelAnswer<'sources.read'> }) => {
  const { t } = useTranslation();
  const { source, statements } = read;
  const { answers, controls } = splitSettings(source.settings);
  const profile = useProfileText(source.profile);
  return (
    <article className={styles.certificate} aria-label={t('result.certificateOf', { name: source.name })}>
      <h2>{source.name}</h2>
      <DefinitionList
        entries={[
          [t('certificate.digest'), <code key="digest">{source.sha256}</code>],
          [t('certificate.bytes'), t('certificate.bytesExact', { count: source.bytes })],
          [t('sources.format'), source.format],
          [t('source.encoding'), source.encoding],
          [t('sources.side'), t(`sides.${source.side}`)],
          [t('certificate.imported'), instantText(source.importedAt)],
          [t('certificate.source'), <code key="source">{source.id}</code>],
          [t('certificate.records'), t('count', { count: source.transactions })],
          [t('certificate.rejected'), t('count', { count: source.rejected })],
          [t('certificate.warnings'), t('count', { count: source.warnings })],
          [t('certificate.profile'), profile ?? t('certificate.noProfile')],
        ]}
      />
      {statements.length === 0 ? null : (
        <section aria-label={t('certificate.statements')}>
          <h3>{t('certificate.statements')}</h3>
          <StatementsTable statements={statements} />
        </section>
      )}
      <section aria-label={t('certificate.controls')}>
        <h3>{t('certificate.controls')}</h3>
        {controls.length === 0 ? (
          <p>{t('certificate.noControls')}</p>
        ) : (
          <FactTable
            caption={t('certificate.controls')}
            rows={controls}
            rowKey={([key]) => key}
            columns={[
              { key: 'total', head: t('controls.total'), cell: ([key]) => settingName(key) },
              { key: 'given', head: t('certificate.given'), numeric: true, cell: ([, value]) => groupedDecimal(value) },
              // A file that disagrees is refused: what was stored agrees.
              { key: 'outcome', head: t('certificate.outcome'), cell: () => t('controls.agrees') },
            ]}
          />
        )}
      </section>
      <section aria-label={t('certificate.settings')}>
        <h3>{t('certificate.settings')}</h3>
        {answers.length === 0 ? (
          <p>{t('certificate.noSettings')}</p>
        ) : (
          <DefinitionList entries={answers.map(([key, value]) => [settingName(key), settingValue(key, value)])} />
        )}
      </section>
      <p className={styles.held}>{t('certificate.held')}</p>
    </article>
  );
};
