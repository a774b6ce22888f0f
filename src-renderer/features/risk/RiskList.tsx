import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RiskLevel, RiskUnit } from '../../../src-main/contract/risk.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useKeys } from '../../app/keyboard.ts';
import { paths } from '../../app/paths.ts';
import { useQueue } from '../../app/use-queue.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { QueueList } from '../../components/QueueList.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { Pages } from '../standardization/Pages.tsx';
import { AddendBar } from './AddendBar.tsx';
import styles from './Risk.module.css';
import { RiskDetail } from './RiskDetail.tsx';

const PAGE_UNITS = 50;
const keyOf = ({ key }: RiskUnit): string => key;

/** Units by score, a page at a time; the chosen one is taken apart beside the list. */
export const RiskList = ({ caseId, level }: { readonly caseId: string; readonly level: RiskLevel }) => {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [page, setPage] = useState(1);
  const read = useChannel('risk.list', {
    caseId,
    level,
    ...(text === '' ? {} : { text }),
    offset: (page - 1) * PAGE_UNITS,
    limit: PAGE_UNITS,
  });
  const pages = Math.max(1, Math.ceil((read.data?.total ?? 0) / PAGE_UNITS));
  const queue = useQueue({ items: read.data?.units ?? [], keyOf, page, pages, onPage: setPage });
  useKeys({ j: queue.next, k: queue.previous });
  const search = (wanted: string): void => {
    setPage(1);
    setText(wanted);
  };
  return (
    <ChannelView of={read} lines={10}>
      {data =>
        data === null ? (
          <EmptyState
            kind="not-run"
            title={t('risk.notRun.title')}
            action={
              <Button component={Link} to={paths.caseHome(caseId)}>
                {t('risk.notRun.action')}
              </Button>
            }
          >
            {t('risk.notRun.text')}
          </EmptyState>
        ) : (
          <>
            <div className={styles.bar}>
              {level === 'transaction' ? null : (
                <SearchField
                  size="xs"
                  className={styles.search as string}
                  label={t('risk.search')}
                  text={text}
                  onSearch={search}
                />
              )}
              <span className="nx-number" role="status">
                {t(`risk.count.${level}`, { count: data.total, of: data.of })}
              </span>
              <span className={styles.quiet}>
                <KeyHint keys="j" /> <KeyHint keys="k" /> {t('risk.keys')}
              </span>
              {data.stale ? <StatusTag tone="warn">{t('risk.stale')}</StatusTag> : null}
            </div>
            {data.units.length === 0 ? (
              <EmptyState
                kind={text === '' ? 'no-data' : 'filtered'}
                title={t(text === '' ? 'risk.none.title' : 'risk.filtered.title')}
              >
                {t(text === '' ? 'risk.none.text' : 'risk.filtered.text')}
              </EmptyState>
            ) : (
              <div className={styles.split}>
                <div className={styles.listPane}>
                  <QueueList
                    label={t('risk.list')}
                    items={data.units}
                    keyOf={keyOf}
                    current={queue.current?.key ?? null}
                    onChoose={queue.choose}
                  >
                    {unit => <UnitLine unit={unit} />}
                  </QueueList>
                  <Pages total={data.total} size={PAGE_UNITS} page={page} onPage={setPage} />
                </div>
                {queue.current === null ? null : (
                  <RiskDetail key={queue.current.key} caseId={caseId} level={level} unit={queue.current} />
                )}
              </div>
            )}
          </>
        )
      }
    </ChannelView>
  );
};

const UnitLine = ({ unit }: { readonly unit: RiskUnit }) => {
  const { t } = useTranslation();
  return (
    <span className={styles.line}>
      <span className={styles.lineHead}>
        <span className={styles.label}>{unit.label || t('notStated')}</span>
        <span className={`${styles.score} nx-number`}>{unit.score.toFixed(2)}</span>
      </span>
      <AddendBar addends={unit.addends} />
      <span className={styles.quiet}>
        {t('risk.findings', { count: unit.findings })} · {t('risk.tests', { count: unit.addends.length })}
      </span>
    </span>
  );
};
