import { Button } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { Digest } from '../../components/Digest.tsx';
import { instantText } from '../../components/measure-text.ts';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Audit.module.css';
import { ClassTag } from './ClassTag.tsx';
import type { FoundEntry } from './entry-filter.ts';
import { entryLink } from './entry-link.ts';
import { objectParts } from './object-parts.ts';
import { useActName } from './use-act-name.ts';

interface EntryDetailProps {
  readonly entry: FoundEntry;
  readonly unverified: boolean;
  /** Null where the person may not export. */
  readonly onExport: (() => void) | null;
}

/** One entry in full: who did what, as whom and when; what it speaks of, whole; its leaf in the tree. */
export const EntryDetail = ({ entry, unverified, onExport }: EntryDetailProps) => {
  const { t } = useTranslation();
  const { actName, roleName } = useActName();
  const link = entryLink(entry.act, entry.object);
  return (
    <section className={styles.detail} aria-label={t('audit.detail')}>
      <header className={styles.detailHead}>
        <h2>{actName(entry.act)}</h2>
        <ClassTag of={entry.class} />
      </header>
      {unverified ? (
        <p className={styles.doubt}>
          <StatusTag tone="warn">{t('audit.unverifiedTime')}</StatusTag> {t('audit.unverifiedMeans')}
        </p>
      ) : null}
      <DefinitionList
        entries={[
          [t('audit.seq'), entry.seq],
          [
            t('audit.at'),
            <span key="at">
              {instantText(entry.at)} <span className={styles.quiet}>({entry.at})</span>
            </span>,
          ],
          [t('audit.actor'), entry.actor],
          [t('audit.role'), roleName(entry.role)],
          [t('audit.pov'), roleName(entry.pov)],
          [t('audit.act'), <code key="act">{entry.act}</code>],
          ...(entry.sox ? [[t('audit.sox'), t('audit.soxMeans')] as const] : []),
        ]}
      />
      <h3>{t('audit.object')}</h3>
      <DefinitionList
        entries={objectParts(entry.object).map(({ name, value }) => [
          name === '' ? t('audit.text') : name,
          <code key={name} className="nx-mono">
            {value}
          </code>,
        ])}
      />
      <h3>{t('audit.leaf')}</h3>
      <Digest value={entry.leaf} label={t('audit.leafOf', { seq: entry.seq })} full />
      <p className={styles.quiet}>{t('audit.leafMeans')}</p>
      <div className={styles.detailActions}>
        {link === null ? null : (
          <Button component={Link} to={link.to} size="xs" variant="default">
            {t(`audit.links.${link.kind}`)}
          </Button>
        )}
        {onExport === null ? null : (
          <Button size="xs" variant="default" leftSection={<IconFileExport size={14} aria-hidden />} onClick={onExport}>
            {t('audit.prove')}
          </Button>
        )}
      </div>
    </section>
  );
};
