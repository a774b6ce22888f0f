import { Button, Modal, NumberInput } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { skipToken, useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { useKeys } from '../../app/keyboard.ts';
import { usePermission } from '../../app/use-permission.ts';
import { useUndoToast } from '../../app/use-undo-toast.tsx';
import { ChannelView } from '../../components/ChannelView.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { Money } from '../../components/Money.tsx';
import styles from './Pairs.module.css';
import type { Pair, Shown } from './reconciliation-types.ts';

const DEFAULT_SCORE = 0.9;
const SHOWN_PAIRS = 100;

/** Accepts every proposal from a score on as one step, after showing which those are. */
export const BulkAccept = ({ caseId, shown }: { readonly caseId: string; readonly shown: Shown }) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const toast = useUndoToast(caseId, 'reconciliations.undo');
  const [accept, { isLoading, error, reset }] = useCommand('reconciliations.confirmAbove');
  const [opened, setOpened] = useState(false);
  const [score, setScore] = useState(DEFAULT_SCORE);
  const suggested = shown.counts.suggested;
  const open = (): void => {
    if (suggested === 0 || !mayDecide) return;
    reset();
    setOpened(true);
  };
  useKeys({ b: open });
  const list = useChannel(
    'reconciliations.pairs',
    opened
      ? { caseId, judgment: 'suggested', minimumScore: score, sort: 'score', descending: false, limit: SHOWN_PAIRS }
      : skipToken,
  );
  if (!mayDecide) return null;
  const confirm = async (): Promise<void> => {
    const { data } = await accept({ caseId, runId: shown.runId, score });
    if (data === undefined) return;
    setOpened(false);
    toast(t('reconciliation.bulk.done', { count: data.confirmed }), [data.seq]);
  };
  const first = (rows: Pair['a']): string => rows[0]?.counterparty || rows[0]?.description || t('record.unnamed');
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        disabled={suggested === 0}
        leftSection={<IconChecks size={15} aria-hidden />}
        rightSection={<KeyHint keys="b" />}
        onClick={open}
      >
        {t('reconciliation.bulk.open')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('reconciliation.bulk.title')}
        size="xl"
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <div className={styles.dialog}>
          <NumberInput
            className={styles.scoreInput as string}
            label={t('reconciliation.bulk.score')}
            min={0}
            max={1}
            step={0.05}
            decimalScale={4}
            clampBehavior="strict"
            value={score}
            onChange={value => typeof value === 'number' && setScore(value)}
            data-autofocus
          />
          <p>{t('reconciliation.bulk.text')}</p>
          {error === undefined ? null : <ErrorState error={error} />}
          <ChannelView of={list} lines={5}>
            {data =>
              data.total === 0 ? (
                <p role="status">{t('reconciliation.bulk.none')}</p>
              ) : (
                <>
                  <p role="status">
                    {t('reconciliation.bulk.lowest', { count: data.total, shown: Math.min(SHOWN_PAIRS, data.total) })}
                  </p>
                  <div className={styles.bulkList}>
                    <FactTable
                      caption={t('reconciliation.bulk.title')}
                      rows={data.pairs}
                      rowKey={({ key }) => key}
                      rowHeads={false}
                      columns={[
                        {
                          key: 'score',
                          head: t('score'),
                          numeric: true,
                          cell: pair => (pair.score ?? 0).toFixed(2),
                        },
                        { key: 'a', head: t('reconciliation.sides.a'), cell: pair => first(pair.a) },
                        {
                          key: 'amountA',
                          head: t('records.amount'),
                          numeric: true,
                          cell: ({ a }) => <Amounts rows={a} />,
                        },
                        { key: 'b', head: t('reconciliation.sides.b'), cell: pair => first(pair.b) },
                        {
                          key: 'amountB',
                          head: t('records.amount'),
                          numeric: true,
                          cell: ({ b }) => <Amounts rows={b} />,
                        },
                      ]}
                    />
                  </div>
                </>
              )
            }
          </ChannelView>
          <div className={styles.dialogActions}>
            <Button variant="default" onClick={() => setOpened(false)}>
              {t('reconciliation.cancel')}
            </Button>
            <Button loading={isLoading} disabled={(list.currentData?.total ?? 0) === 0} onClick={() => void confirm()}>
              {t('reconciliation.bulk.action', { count: list.currentData?.total ?? 0 })}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
};

const Amounts = ({ rows }: { readonly rows: Pair['a'] }) => (
  <>
    {rows.map(row => (
      <div key={row.id}>
        <Money amount={row.amount} currency={row.currency} signed />
      </div>
    ))}
  </>
);
