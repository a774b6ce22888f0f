import { Checkbox, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';
import { ClassTag } from '../audit/ClassTag.tsx';
import type { AuditFilter } from '../audit/entry-filter.ts';
import { useActName } from '../audit/use-act-name.ts';
import { actLines } from './act-lines.ts';
import styles from './Compliance.module.css';

interface ActsPanelProps {
  readonly data: ChannelAnswer<'audits.compliance'>;
  readonly scope: AuditFilter;
  readonly actor: string | undefined;
  readonly soxOnly: boolean;
  readonly onActor: (actor: string) => void;
  readonly onSoxOnly: (only: boolean) => void;
}

/** Each act of each person with its count; where the engine's list was cut, the counts say no more than it and open nothing. */
export const ActsPanel = ({ data, scope, actor, soxOnly, onActor, onSoxOnly }: ActsPanelProps) => {
  const { t } = useTranslation();
  const { actName } = useActName();
  const lines = actLines(data.acts, { actor, soxOnly });
  const count = lines.reduce((sum, line) => sum + line.count, 0);
  return (
    <Panel
      title={t('compliance.acts')}
      note={
        <span role="status">
          {t('compliance.actsNote', { count, lines: lines.length })} {data.cut ? t('compliance.cut') : null}
        </span>
      }
      actions={
        <div className={styles.tools}>
          <Checkbox
            size="xs"
            label={t('compliance.soxOnly')}
            title={t('compliance.soxHint')}
            checked={soxOnly}
            onChange={event => onSoxOnly(event.currentTarget.checked)}
          />
          <NativeSelect
            size="xs"
            aria-label={t('compliance.personShown')}
            value={actor ?? ''}
            onChange={event => onActor(event.currentTarget.value)}
            data={[
              { value: '', label: t('compliance.everybody') },
              ...data.people.map(person => ({ value: person.actor, label: person.actor })),
            ]}
          />
        </div>
      }
      flush
    >
      <FactTable
        caption={t('compliance.acts')}
        rows={lines}
        rowKey={line => JSON.stringify([line.actor, line.act])}
        columns={[
          { key: 'act', head: t('compliance.act'), cell: line => actName(line.act) },
          { key: 'actor', head: t('compliance.person'), cell: line => line.actor },
          { key: 'class', head: t('compliance.class'), nowrap: true, cell: line => <ClassTag of={line.class} /> },
          {
            key: 'sox',
            head: t('compliance.sox'),
            cell: line => (line.sox ? <span title={t('compliance.soxHint')}>{t('compliance.yes')}</span> : ''),
          },
          {
            key: 'count',
            head: t('compliance.count'),
            numeric: true,
            cell: line =>
              data.cut ? (
                t('count', { count: line.count })
              ) : (
                <CountButton
                  count={line.count}
                  to={paths.workspaceAudit({ ...scope, act: line.act, actor: line.actor })}
                  label={t('compliance.countOf', { act: actName(line.act), actor: line.actor })}
                />
              ),
          },
          {
            key: 'first',
            head: t('compliance.first'),
            nowrap: true,
            cell: line => <span className="nx-number">{instantText(line.firstAt)}</span>,
          },
          {
            key: 'last',
            head: t('compliance.last'),
            nowrap: true,
            cell: line => <span className="nx-number">{instantText(line.lastAt)}</span>,
          },
        ]}
      />
    </Panel>
  );
};
