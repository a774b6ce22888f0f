import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useKeys } from '../../app/keyboard.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { QueueList } from '../../components/QueueList.tsx';
import type { ListedTypology } from './listed-typology.ts';
import styles from './Typologies.module.css';
import { TypologyDetail } from './TypologyDetail.tsx';
import { TypologyEditor } from './TypologyEditor.tsx';

type Count = NonNullable<ChannelAnswer<'typologies.counts'>>[number];

/** The typologies of the case with how much each hits now; the chosen one beside them, or the form of a new version. */
export const TypologiesTab = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const mayWrite = usePermission('case.write');
  const read = useChannel('typologies.list', { caseId });
  const counts = useChannel('typologies.counts', { caseId });
  const [search, setSearch] = useSearchParams();
  const [editing, setEditing] = useState<'new' | 'version' | null>(null);
  const list = read.data?.typologies ?? [];
  const at = Math.max(
    0,
    list.findIndex(({ typology }) => typology.id === search.get('typology')),
  );
  const current = list[at];
  const choose = (id: string | undefined): void => {
    if (id !== undefined) setSearch({ typology: id }, { replace: true });
  };
  const step = (by: 1 | -1) => () => {
    if (editing === null) choose(list[at + by]?.typology.id);
  };
  useKeys({ j: step(1), k: step(-1) });
  const countOf = (id: string): Count | undefined => counts.data?.find(count => count.id === id);
  return (
    <ChannelView of={read} lines={10}>
      {() => (
        <>
          <div className={styles.bar}>
            <span className={styles.quiet}>
              <KeyHint keys="j" /> <KeyHint keys="k" /> {t('typologies.keys')}
            </span>
            {mayWrite && editing === null ? (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconPlus size={15} aria-hidden />}
                onClick={() => setEditing('new')}
              >
                {t('typologies.add')}
              </Button>
            ) : null}
          </div>
          <div className={styles.split}>
            <div className={styles.listPane}>
              <QueueList
                label={t('typologies.list')}
                items={list}
                keyOf={({ typology }) => typology.id}
                current={current?.typology.id ?? null}
                onChoose={id => {
                  setEditing(null);
                  choose(id);
                }}
              >
                {listed => <TypologyLine listed={listed} count={countOf(listed.typology.id)} />}
              </QueueList>
            </div>
            {editing !== null ? (
              <TypologyEditor
                key={editing}
                caseId={caseId}
                start={editing === 'new' ? null : (current?.typology ?? null)}
                taken={list.map(({ typology }) => typology.id)}
                onClose={id => {
                  setEditing(null);
                  choose(id);
                }}
              />
            ) : current === undefined ? null : (
              <TypologyDetail
                key={`${current.typology.id} ${current.typology.version}`}
                caseId={caseId}
                listed={current}
                onEdit={mayWrite ? () => setEditing('version') : null}
              />
            )}
          </div>
        </>
      )}
    </ChannelView>
  );
};

const TypologyLine = ({ listed, count }: { readonly listed: ListedTypology; readonly count: Count | undefined }) => {
  const { t } = useTranslation();
  const { typology, bundled, unavailable } = listed;
  return (
    <span className={styles.line}>
      <span className={styles.lineHead}>
        <span>{typology.title}</span>
        <span className="nx-number" data-none={count?.hits === 0}>
          {count === undefined ? '' : t(`typologies.hits.${typology.level}`, { count: count.hits })}
        </span>
      </span>
      <span className={styles.quiet}>
        {t('typologies.versionOf', { version: typology.version })} ·{' '}
        {t(bundled ? 'typologies.bundled' : 'typologies.own')}
        {unavailable.length > 0 ? ` · ${t('typologies.unavailable', { count: unavailable.length })}` : ''}
      </span>
    </span>
  );
};
