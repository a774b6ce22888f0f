import { Button, Modal, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { CountButton } from '../../components/CountButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';

export const CaseListPage = () => {
  const { t } = useTranslation();
  const list = useChannel('cases.list', {});
  const mayWrite = usePermission('case.write');
  const [creating, dialog] = useDisclosure(false);
  const create = mayWrite ? (
    <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
      {t('cases.create')}
    </Button>
  ) : null;
  return (
    <>
      <PageHeader title={t('cases.title')} description={t('cases.description')} actions={create} />
      <ChannelView of={list}>
        {({ cases }) =>
          cases.length === 0 ? (
            <EmptyState kind="no-data" title={t('cases.empty.title')} action={create}>
              {mayWrite ? t('cases.empty.text') : t('cases.empty.readOnly')}
            </EmptyState>
          ) : (
            <Panel flush>
              <FactTable
                caption={t('cases.title')}
                rows={cases}
                rowKey={row => row.id}
                columns={[
                  {
                    key: 'name',
                    head: t('cases.name'),
                    cell: row => <Link to={paths.caseHome(row.id)}>{row.name}</Link>,
                  },
                  { key: 'created', head: t('cases.created'), cell: row => instantText(row.createdAt) },
                  { key: 'sources', head: t('cases.sources'), cell: row => row.sources, numeric: true },
                  {
                    key: 'transactions',
                    head: t('cases.transactions'),
                    numeric: true,
                    cell: row => (
                      <CountButton
                        count={row.transactions}
                        to={paths.records(row.id)}
                        label={t('cases.transactionsOf', { name: row.name })}
                      />
                    ),
                  },
                  {
                    key: 'rejected',
                    head: t('cases.rejected'),
                    numeric: true,
                    cell: row => (
                      <CountButton
                        count={row.rejected}
                        to={paths.rejected(row.id)}
                        label={t('cases.rejectedOf', { name: row.name })}
                      />
                    ),
                  },
                  {
                    key: 'findings',
                    head: t('cases.findings'),
                    numeric: true,
                    cell: row => (
                      <CountButton
                        count={row.findings}
                        to={paths.findings(row.id, { state: 'any' })}
                        label={t('cases.findingsOf', { name: row.name })}
                      />
                    ),
                  },
                  {
                    key: 'open',
                    head: t('cases.openFindings'),
                    numeric: true,
                    cell: row => (
                      <CountButton
                        count={row.openFindings}
                        to={paths.findings(row.id, { state: 'open' })}
                        label={t('cases.openFindingsOf', { name: row.name })}
                      />
                    ),
                  },
                ]}
              />
            </Panel>
          )
        }
      </ChannelView>
      <CreateCaseDialog opened={creating} onClose={dialog.close} />
    </>
  );
};

const CreateCaseDialog = ({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [create, { isLoading, error }] = useCommand('cases.create');
  const [name, setName] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data } = await create({ name });
    if (data === undefined) return;
    onClose();
    await navigate(paths.caseHome(data.id));
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('cases.create')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={event => void submit(event)} style={{ display: 'grid', gap: 12 }}>
        <TextInput
          label={t('cases.name')}
          description={t('cases.nameHint')}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
          required
          maxLength={200}
          data-autofocus
        />
        {error === undefined ? null : <ErrorState error={error} />}
        <Button type="submit" loading={isLoading} disabled={name.trim() === ''}>
          {t('cases.createAction')}
        </Button>
      </form>
    </Modal>
  );
};
