import { useTranslation } from 'react-i18next';
import { AUDIT_CLASSES } from '../../../src-main/contract/audit-exports.contract.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';
import type { AuditFilter } from '../audit/entry-filter.ts';
import { useActName } from '../audit/use-act-name.ts';
import { countsOfAll } from './act-lines.ts';

type Person = ChannelAnswer<'audits.compliance'>['people'][number];

/** The characters of an instant that are its day: the acts below tell the minute. */
const DAY = 10;

interface PeoplePanelProps {
  readonly people: readonly Person[];
  /** The case and the days that the counts are of. */
  readonly scope: AuditFilter;
}

/** People by class of act. The last line is everybody. */
export const PeoplePanel = ({ people, scope }: PeoplePanelProps) => {
  const { t } = useTranslation();
  const { roleName } = useActName();
  const rows: readonly (Omit<Person, 'actor'> & { readonly actor: string | null })[] = [
    ...people,
    {
      actor: null,
      roles: [],
      counts: countsOfAll([...people]),
      sox: people.reduce((sum, { sox }) => sum + sox, 0),
      firstAt: people.reduce((first, { firstAt }) => (first === '' || firstAt < first ? firstAt : first), ''),
      lastAt: people.reduce((last, { lastAt }) => (lastAt > last ? lastAt : last), ''),
    },
  ];
  return (
    <Panel title={t('compliance.people')} flush>
      <FactTable
        caption={t('compliance.people')}
        rows={rows}
        rowKey={({ actor }) => actor ?? ''}
        columns={[
          { key: 'actor', head: t('compliance.person'), cell: ({ actor }) => actor ?? t('compliance.total') },
          { key: 'roles', head: t('compliance.roles'), cell: ({ roles }) => roles.map(roleName).join(', ') },
          ...AUDIT_CLASSES.map(name => ({
            key: name,
            head: t(`audit.classes.${name}`),
            numeric: true,
            cell: ({ actor, counts }: (typeof rows)[number]) => (
              <CountButton
                count={counts[name]}
                to={paths.workspaceAudit({ ...scope, class: name, ...(actor === null ? {} : { actor }) })}
                label={
                  actor === null
                    ? t('compliance.ofAll', { class: t(`audit.classes.${name}`) })
                    : t('compliance.of', { class: t(`audit.classes.${name}`), actor })
                }
              />
            ),
          })),
          {
            key: 'sox',
            head: t('compliance.sox'),
            numeric: true,
            cell: ({ actor, sox }) => (
              <CountButton
                count={sox}
                to={paths.compliance({ ...scope, ...(actor === null ? {} : { actor }) }, true)}
                label={t('compliance.soxOf', { actor: actor ?? t('compliance.total') })}
              />
            ),
          },
          {
            key: 'first',
            head: t('compliance.first'),
            nowrap: true,
            cell: ({ firstAt }) => <span className="nx-number">{instantText(firstAt).slice(0, DAY)}</span>,
          },
          {
            key: 'last',
            head: t('compliance.last'),
            nowrap: true,
            cell: ({ lastAt }) => <span className="nx-number">{instantText(lastAt).slice(0, DAY)}</span>,
          },
        ]}
      />
    </Panel>
  );
};
