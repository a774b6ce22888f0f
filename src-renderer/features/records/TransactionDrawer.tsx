import { Drawer } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SEVERITIES } from '../../../src-main/contract/findings.contract.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { Digest } from '../../components/Digest.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { Money } from '../../components/Money.tsx';
import { SeverityBadge } from '../../components/SeverityBadge.tsx';
import { StandardizedSection } from '../standardization/StandardizedSection.tsx';
import styles from './Records.module.css';

interface TransactionDrawerProps {
  readonly caseId: string;
  /** Null: closed. */
  readonly transactionId: number | null;
  readonly onClose: () => void;
}

/** A transaction down to the bytes it came from, with every step between and every finding that touches it. */
export const TransactionDrawer = ({ caseId, transactionId, onClose }: TransactionDrawerProps) => {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={transactionId !== null}
      onClose={onClose}
      position="right"
      size={640}
      title={t('record.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {transactionId === null ? null : (
        <OpenedTransaction key={transactionId} caseId={caseId} transactionId={transactionId} />
      )}
    </Drawer>
  );
};

/** The transaction that was opened, or the one it led to. */
const OpenedTransaction = ({ caseId, transactionId }: { readonly caseId: string; readonly transactionId: number }) => {
  const [shown, setShown] = useState(transactionId);
  const read = useChannel('transactions.read', { caseId, transactionId: shown });
  return (
    <ChannelView of={{ ...read, data: read.currentData }} lines={10}>
      {detail => <TransactionDetail caseId={caseId} detail={detail} onOpen={setShown} />}
    </ChannelView>
  );
};

interface TransactionDetailProps {
  readonly caseId: string;
  readonly detail: ChannelAnswer<'transactions.read'>;
  readonly onOpen: (transactionId: number) => void;
}
const TransactionDetail = ({ caseId, detail, onOpen }: TransactionDetailProps) => {
  const { t } = useTranslation();
  const { transaction, source, raw, lineage, findings, party } = detail;
  return (
    <div className={styles.drawer}>
      <div>
        <div className={styles.bigMoney}>
          <Money amount={transaction.amount} currency={transaction.currency} signed />
        </div>
        <div>{transaction.counterparty}</div>
      </div>
      <DefinitionList
        entries={[
          [t('records.date'), transaction.date ?? t('unknown')],
          [t('records.valueDate'), transaction.valueDate ?? t('unknown')],
          [t('records.description'), transaction.description || t('notStated')],
          [t('records.reference'), transaction.reference || t('notStated')],
          [t('records.type'), transaction.type || t('notStated')],
          [t('records.account'), transaction.account ?? t('unknown')],
          [t('record.party'), party ?? t('unknown')],
        ]}
      />
      <StandardizedSection caseId={caseId} detail={detail} onOpen={onOpen} />
      <section>
        <h3>{t('record.raw')}</h3>
        {/* What scrolls must be reachable by keyboard (WCAG 2.1.1). */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
        <pre className={styles.rawLine} tabIndex={0}>
          {raw.text}
        </pre>
        <p className={styles.note}>
          {t('record.place', { row: transaction.row, offset: raw.byteOffset, length: raw.byteLength })}
          {raw.truncated ? ` ${t('record.truncated')}` : ''}
        </p>
        <DefinitionList
          entries={[
            [
              t('records.source'),
              <Link key="s" to={paths.source(caseId, source.id)}>
                {source.name}
              </Link>,
            ],
            [t('sources.format'), source.format],
            [t('source.digest'), <Digest key="d" value={source.sha256} label={source.name} full />],
          ]}
        />
      </section>
      <section>
        <h3>{t('record.lineage')}</h3>
        <FactTable
          caption={t('record.lineage')}
          rows={lineage}
          rowKey={step => `${step.field} ${step.step}`}
          columns={[
            { key: 'field', head: t('record.field'), cell: step => step.field },
            { key: 'from', head: t('record.from'), cell: step => <code className="nx-mono">{step.from}</code> },
            { key: 'step', head: t('record.step'), cell: step => step.step },
          ]}
        />
      </section>
      <section>
        <h3>{t('record.findings', { count: findings.length })}</h3>
        {findings.length === 0 ? (
          <p className={styles.note}>{t('record.noFindings')}</p>
        ) : (
          <ul className={styles.touched}>
            {findings.map(finding => {
              const severity = SEVERITIES.find(known => known === finding.severity) ?? 'info';
              return (
                <li key={finding.id}>
                  <SeverityBadge severity={severity} />
                  <Link to={paths.findings(caseId, { finding: finding.id })}>{finding.reason}</Link>
                </li>
              );
            })}
          </ul>
        )}
      </section>
    </div>
  );
};
