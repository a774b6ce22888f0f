import { IconClockExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { instantText } from '../../components/measure-text.ts';
import { QueueList } from '../../components/QueueList.tsx';
import styles from './Audit.module.css';
import { ClassTag } from './ClassTag.tsx';
import type { FoundEntry } from './entry-filter.ts';
import { entrySubject } from './entry-subject.ts';
import { useActName } from './use-act-name.ts';

interface EntryListProps {
  readonly entries: readonly FoundEntry[];
  readonly current: number | null;
  readonly isUnverified: (seq: number) => boolean;
  readonly onChoose: (seq: number) => void;
}

/** Entries as lines: number, time, what was done by whom, to what. Arrows move, and the detail goes along. */
export const EntryList = ({ entries, current, isUnverified, onChoose }: EntryListProps) => {
  const { t } = useTranslation();
  const { actName } = useActName();
  return (
    <QueueList
      label={t('audit.found')}
      items={entries}
      keyOf={({ seq }) => String(seq)}
      current={current === null ? null : String(current)}
      onChoose={key => onChoose(Number(key))}
    >
      {({ seq, at, actor, act, object, class: auditClass }) => (
        <span className={styles.entry}>
          <span className={`${styles.seq} nx-number`}>{seq}</span>
          <time className="nx-number" dateTime={at}>
            {instantText(at)}
          </time>
          <span className={styles.sentence}>
            <span className={styles.act}>{actName(act)}</span> <span className={styles.actor}>{actor}</span>
            <span className={styles.subject}>{entrySubject(object)}</span>
          </span>
          <span className={styles.entryMarks}>
            {isUnverified(seq) ? (
              <span className={styles.unverified}>
                <IconClockExclamation size={14} aria-hidden />
                {t('audit.unverifiedTime')}
              </span>
            ) : null}
            <ClassTag of={auditClass} />
          </span>
        </span>
      )}
    </QueueList>
  );
};
