import { ActionIcon, Button, Switch } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconDownload,
  IconPencil,
  IconPlus,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { RuleFile } from '../../../src-main/contract/rules.contract.ts';
import { useBridge } from '../../app/BridgeContext.tsx';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { useUndoToast } from '../../app/use-undo-toast.tsx';
import { ChannelView } from '../../components/ChannelView.tsx';
import { CountButton } from '../../components/CountButton.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { downloadFile } from '../reports/download-file.ts';
import { Conflicts } from './Conflicts.tsx';
import { chooseJsonFile } from './json-file.ts';
import styles from './Rules.module.css';
import { RuleTemplates } from './RuleTemplates.tsx';
import { draftOfRule, type RuleDraft } from './rule-draft.ts';
import { ordersAfterMove } from './rule-order.ts';

type Listed = ChannelAnswer<'rules.list'>['rules'][number];

/** The rules in the order in which they are tried, each as a sentence, with what it did in the latest run. */
export const RuleList = ({ caseId }: { readonly caseId: string }) => {
  const list = useChannel('rules.list', { caseId });
  const [error, setError] = useState<NexusErrorData | null>(null);
  return (
    <div className={styles.stack}>
      <ListTools caseId={caseId} hasRules={(list.data?.rules.length ?? 0) > 0} onError={setError} />
      {error === null ? null : <ErrorState error={error} />}
      <ChannelView of={list} lines={6}>
        {({ rules, conflicts }) =>
          rules.length === 0 ? (
            <RuleTemplates />
          ) : (
            <>
              <RuleTable caseId={caseId} rules={rules} onError={setError} />
              <Conflicts caseId={caseId} rules={rules} conflicts={conflicts} />
            </>
          )
        }
      </ChannelView>
    </div>
  );
};

interface ListToolsProps {
  readonly caseId: string;
  readonly hasRules: boolean;
  readonly onError: (error: NexusErrorData | null) => void;
}
const ListTools = ({ caseId, hasRules, onError }: ListToolsProps) => {
  const { t } = useTranslation();
  const bridge = useBridge();
  const mayWrite = usePermission('case.write');
  const [importRules, importing] = useCommand('rules.import');
  const notice = useUndoToast(caseId);
  const exportRules = async (): Promise<void> => {
    const result = await bridge.invoke('rules.export', { caseId });
    onError(result.ok ? null : result.error);
    if (result.ok) downloadFile('rules.json', 'application/json', `${JSON.stringify(result.value, null, 2)}\n`);
  };
  const importFile = async (): Promise<void> => {
    const chosen = await chooseJsonFile(RuleFile, t('rules.fileKind'));
    if (chosen === null) return;
    onError(chosen.ok ? null : chosen.error);
    if (!chosen.ok) return;
    const { data, error } = await importRules({ caseId, file: chosen.value });
    onError(error ?? null);
    if (data !== undefined) notice(t('rules.imported', { count: data.added }), data.seqs);
  };
  return (
    <div className={styles.tools}>
      {mayWrite ? (
        <Button
          component={Link}
          to={paths.standardization({ tab: 'rules', rule: 'new' })}
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
        >
          {t('rules.create')}
        </Button>
      ) : null}
      {mayWrite ? (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconUpload size={14} />}
          loading={importing.isLoading}
          onClick={() => void importFile()}
        >
          {t('rules.import')}
        </Button>
      ) : null}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconDownload size={14} />}
        disabled={!hasRules}
        onClick={() => void exportRules()}
      >
        {t('rules.export')}
      </Button>
      <span className={styles.hint}>{t('rules.orderHint')}</span>
    </div>
  );
};

interface RuleTableProps {
  readonly caseId: string;
  readonly rules: readonly Listed[];
  readonly onError: (error: NexusErrorData | null) => void;
}
const RuleTable = ({ caseId, rules, onError }: RuleTableProps) => {
  const { t } = useTranslation();
  const mayWrite = usePermission('case.write');
  const [save, saving] = useCommand('rules.save');
  const [removeRule] = useCommand('rules.remove');
  const notice = useUndoToast(caseId);

  const saveAll = async (title: string, drafts: readonly RuleDraft[]): Promise<void> => {
    const seqs: number[] = [];
    for (const rule of drafts) {
      const { data, error } = await save({ caseId, rule });
      onError(error ?? null);
      if (data === undefined) break;
      seqs.push(data.seq);
    }
    if (seqs.length > 0) notice(title, seqs);
  };
  const move = (from: number, to: number): void => {
    const changes = ordersAfterMove(
      rules.map(({ rule }) => rule),
      from,
      to,
    );
    const drafts = changes.flatMap(({ id, order }) => {
      const known = rules.find(({ rule }) => rule.id === id);
      return known === undefined ? [] : [{ ...draftOfRule(known.rule), order }];
    });
    void saveAll(t('rules.moved', { name: rules[from]?.rule.name ?? '' }), drafts);
  };
  const switchRule = ({ rule }: Listed): void =>
    void saveAll(t(rule.enabled ? 'rules.switchedOff' : 'rules.switchedOn', { name: rule.name }), [
      { ...draftOfRule(rule), enabled: !rule.enabled },
    ]);
  const remove = async ({ rule }: Listed): Promise<void> => {
    const { data, error } = await removeRule({ caseId, ruleId: rule.id });
    onError(error ?? null);
    if (data !== undefined) notice(t('rules.removed', { name: rule.name }), [data.seq]);
  };
  const placeOf = (listed: Listed): number => rules.indexOf(listed);

  return (
    <FactTable
      caption={t('rules.caption')}
      rows={rules}
      rowKey={({ rule }) => rule.id}
      columns={[
        {
          key: 'name',
          head: t('rules.rule'),
          cell: ({ rule, sentence }) => (
            <div className={styles.rule} data-off={!rule.enabled}>
              <Link to={paths.standardization({ tab: 'rules', rule: rule.id })}>{rule.name}</Link>
              <span className={styles.version}>{t('rules.version', { version: rule.version })}</span>
              <p>{sentence}</p>
            </div>
          ),
        },
        {
          key: 'on',
          head: t('rules.on'),
          cell: listed => (
            <Switch
              size="xs"
              checked={listed.rule.enabled}
              disabled={!mayWrite || saving.isLoading}
              aria-label={t('rules.onOf', { name: listed.rule.name })}
              onChange={() => switchRule(listed)}
            />
          ),
        },
        {
          key: 'matched',
          head: t('rules.matched'),
          numeric: true,
          cell: ({ rule, outcome }) =>
            outcome === null ? null : (
              <CountButton
                count={outcome.matched}
                to={paths.records(caseId, { set: `rule:${rule.id}` })}
                label={t('rules.matchedOf', { name: rule.name })}
              />
            ),
        },
        {
          key: 'decided',
          head: t('rules.decided'),
          numeric: true,
          cell: ({ rule, outcome }) =>
            outcome === null ? null : (
              <CountButton
                count={outcome.effective}
                to={paths.records(caseId, { set: `rule-decided:${rule.id}` })}
                label={t('rules.decidedOf', { name: rule.name })}
              />
            ),
        },
        { key: 'state', head: t('rules.state'), cell: listed => <RuleState listed={listed} /> },
        ...(mayWrite
          ? [
              {
                key: 'actions',
                head: t('rules.actions'),
                nowrap: true,
                cell: (listed: Listed) => (
                  <span className={styles.buttons}>
                    <ActionIcon
                      size={26}
                      aria-label={t('rules.up', { name: listed.rule.name })}
                      disabled={placeOf(listed) === 0 || saving.isLoading}
                      onClick={() => move(placeOf(listed), placeOf(listed) - 1)}
                    >
                      <IconArrowUp size={15} />
                    </ActionIcon>
                    <ActionIcon
                      size={26}
                      aria-label={t('rules.down', { name: listed.rule.name })}
                      disabled={placeOf(listed) === rules.length - 1 || saving.isLoading}
                      onClick={() => move(placeOf(listed), placeOf(listed) + 1)}
                    >
                      <IconArrowDown size={15} />
                    </ActionIcon>
                    <ActionIcon
                      size={26}
                      component={Link}
                      to={paths.standardization({ tab: 'rules', rule: listed.rule.id })}
                      aria-label={t('rules.edit', { name: listed.rule.name })}
                    >
                      <IconPencil size={15} />
                    </ActionIcon>
                    <ActionIcon
                      size={26}
                      aria-label={t('rules.remove', { name: listed.rule.name })}
                      onClick={() => void remove(listed)}
                    >
                      <IconTrash size={15} />
                    </ActionIcon>
                  </span>
                ),
              },
            ]
          : []),
      ]}
    />
  );
};

/** Whether a rule does anything: it may match nothing, or come always too late. */
const RuleState = ({ listed: { rule, outcome } }: { readonly listed: Listed }) => {
  const { t } = useTranslation();
  if (!rule.enabled) return <StatusTag tone="unknown">{t('rules.states.off')}</StatusTag>;
  if (outcome === null) return <StatusTag tone="unknown">{t('rules.states.notRun')}</StatusTag>;
  if (outcome.dead !== null) return <StatusTag tone="warn">{t(`rules.states.${outcome.dead}`)}</StatusTag>;
  return <StatusTag tone="good">{t('rules.states.works')}</StatusTag>;
};
