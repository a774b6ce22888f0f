import { Button, NativeSelect } from '@mantine/core';
import { IconDownload, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TypologyShape } from '../../../src-main/contract/typologies.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { CountButton } from '../../components/CountButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { downloadFile } from '../reports/download-file.ts';
import { AddendBar } from '../risk/AddendBar.tsx';
import { Pages } from '../standardization/Pages.tsx';
import type { ListedTypology } from './listed-typology.ts';
import styles from './Typologies.module.css';

interface TypologyDetailProps {
  readonly caseId: string;
  readonly listed: ListedTypology;
  /** Null where the role may not change the case. */
  readonly onEdit: (() => void) | null;
}

/** One version of a typology: what it is, its condition as a sentence, its weights and what it hits. */
export const TypologyDetail = ({ caseId, listed, onEdit }: TypologyDetailProps) => {
  const { t } = useTranslation();
  const { typology: latest, versions, unavailable } = listed;
  const [version, setVersion] = useState(latest.version);
  return (
    <section className={styles.detail} aria-label={t('typologies.detail')}>
      <header className={styles.detailHead}>
        <h2>{latest.title}</h2>
        <div className={styles.actions}>
          <NativeSelect
            size="xs"
            aria-label={t('typologies.version')}
            value={String(version)}
            onChange={event => setVersion(Number(event.currentTarget.value))}
            data={versions.map(each => ({
              value: String(each.version),
              label: t('typologies.versionOf', { version: each.version }),
            }))}
          />
          {onEdit === null ? null : (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPencil size={15} aria-hidden />}
              onClick={onEdit}
            >
              {t('typologies.edit')}
            </Button>
          )}
        </div>
      </header>
      <VersionOf caseId={caseId} id={latest.id} version={version} />
      {unavailable.length === 0 ? null : (
        <FactTable
          caption={t('typologies.missingTests')}
          showCaption
          rows={unavailable}
          rowKey={({ test }) => test}
          columns={[
            { key: 'test', head: t('risk.test'), cell: ({ test }) => test },
            { key: 'reason', head: t('typologies.why'), cell: ({ reason }) => reason },
          ]}
        />
      )}
    </section>
  );
};

const PAGE_HITS = 20;

const VersionOf = ({
  caseId,
  id,
  version,
}: {
  readonly caseId: string;
  readonly id: string;
  readonly version: number;
}) => {
  const { t } = useTranslation();
  const mayOpen = usePermission('evidence.read');
  const [page, setPage] = useState(1);
  const read = useChannel('typologies.read', {
    caseId,
    id,
    version,
    offset: (page - 1) * PAGE_HITS,
    limit: PAGE_HITS,
  });
  return (
    <ChannelView of={read} lines={8}>
      {({ typology, sentence, total, hits }) => (
        <>
          <p>{typology.description}</p>
          <p className={styles.sentence}>{sentence}</p>
          <div className={styles.sub}>
            <h3>{t(`typologies.hits.${typology.level}`, { count: total })}</h3>
          </div>
          {hits.length === 0 ? (
            <EmptyState kind="no-data" title={t('typologies.noHits.title')}>
              {t('typologies.noHits.text')}
            </EmptyState>
          ) : (
            <>
              <FactTable
                caption={t('typologies.hitsTable')}
                rows={hits}
                rowKey={({ key }) => key}
                columns={[
                  {
                    key: 'unit',
                    head: t(`risk.levels.${typology.level}`),
                    cell: ({ key, label }) => (
                      <Link to={paths.risk(caseId, typology.level)} data-key={key}>
                        {label || t('notStated')}
                      </Link>
                    ),
                  },
                  {
                    key: 'score',
                    head: t('score'),
                    numeric: true,
                    cell: ({ score }) => score.toFixed(2),
                  },
                  {
                    key: 'tests',
                    head: t('typologies.tests'),
                    cell: ({ tests }) => (
                      <span className={styles.tests}>
                        <AddendBar addends={tests} />
                        <span className={styles.quiet}>
                          {tests.map(({ title, points }) => `${title} ${points.toFixed(1)}`).join(' · ')}
                        </span>
                      </span>
                    ),
                  },
                  {
                    key: 'rows',
                    head: t('risk.rowsHead'),
                    numeric: true,
                    cell: ({ rows, set, label }) =>
                      set === null || !mayOpen ? (
                        t('count', { count: rows })
                      ) : (
                        <CountButton
                          count={rows}
                          to={paths.records(caseId, { set })}
                          label={t('typologies.rowsOf', { label })}
                        />
                      ),
                  },
                ]}
              />
              <Pages total={total} size={PAGE_HITS} page={page} onPage={setPage} />
            </>
          )}
          <Definition typology={typology} />
        </>
      )}
    </ChannelView>
  );
};

const Definition = ({ typology }: { readonly typology: TypologyShape }) => {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.sub}>
        <h3>{t('typologies.weights')}</h3>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() =>
            downloadFile(
              `typology-${typology.id}-${typology.version}.json`,
              'application/json',
              `${JSON.stringify(typology, null, 2)}\n`,
            )
          }
        >
          {t('typologies.download')}
        </Button>
      </div>
      <ul className={styles.weights}>
        {typology.tests.map(({ test, weight }) => (
          <li key={test}>
            <code>{test}</code>
            <span className="nx-number">{weight.toFixed(2)}</span>
          </li>
        ))}
      </ul>
      <h3>{t('typologies.sources')}</h3>
      <ul className={styles.sources}>
        {typology.sources.map(source => (
          <li key={source}>{source}</li>
        ))}
      </ul>
    </>
  );
};
