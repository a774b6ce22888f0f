import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { Panel } from '../../components/Panel.tsx';

/** Who works on which case, as a table to tick: whoever is not ticked sees nothing of the case. */
export const AssignmentsPanel = () => {
  const { t } = useTranslation();
  const assignments = useChannel('cases.assignments', {});
  const people = useChannel('accounts.list', {}).data?.accounts.filter(({ state }) => state === 'active') ?? [];
  const [assign, assigning] = useCommand('cases.assign');
  const [unassign, unassigning] = useCommand('cases.unassign');
  const error = assigning.error ?? unassigning.error;
  return (
    <Panel title={t('people.assignments.title')} note={t('people.assignments.note')} flush>
      {error === undefined ? null : <ErrorState error={error} />}
      <ChannelView of={assignments}>
        {({ cases }) =>
          cases.length === 0 ? (
            <EmptyState kind="no-data" title={t('people.assignments.none')} />
          ) : (
            <FactTable
              caption={t('people.assignments.title')}
              rows={cases}
              rowKey={row => row.id}
              columns={[
                { key: 'case', head: t('people.assignments.case'), cell: row => row.name },
                ...people.map(person => ({
                  key: person.id,
                  head: person.username,
                  cell: (row: (typeof cases)[number]) => {
                    const input = { caseId: row.id, accountId: person.id };
                    const works = row.accounts.some(({ accountId }) => accountId === person.id);
                    return (
                      <Checkbox
                        aria-label={t('people.assignments.works', { username: person.username, name: row.name })}
                        checked={works}
                        disabled={assigning.isLoading || unassigning.isLoading}
                        onChange={() => void (works ? unassign(input) : assign(input))}
                      />
                    );
                  },
                })),
              ]}
            />
          )
        }
      </ChannelView>
    </Panel>
  );
};
