import { Button, NativeSelect } from '@mantine/core';
import { type CSSProperties, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { CountButton } from '../../components/CountButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { Panel } from '../../components/Panel.tsx';
import { monthsOfBoth, type TestedVersion } from './back-test-months.ts';
import styles from './Typologies.module.css';

type BackTest = NonNullable<ChannelAnswer<'typologies.backtest'>>;
type Opening = BackTest['a']['units'];
interface Version {
  readonly id: string;
  readonly version: number;
}

const keyOf = ({ id, version }: Version): string => `${id}@${version}`;

/** One typology, or two versions side by side, on the history of the case and against what was decided. */
export const BackTestTab = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const list = useChannel('typologies.list', { caseId });
  const [chosen, setChosen] = useState<{ readonly a: string | null; readonly b: string }>({ a: null, b: '' });
  return (
    <ChannelView of={list} lines={6}>
      {({ typologies }) => {
        const versions = typologies.flatMap(({ typology, versions: own }) =>
          own.map(({ version }) => ({ id: typology.id, version, title: typology.title })),
        );
        const options = versions.map(each => ({
          value: keyOf(each),
          label: t('backtest.option', { title: each.title, version: each.version }),
        }));
        const a = versions.find(each => keyOf(each) === chosen.a) ?? versions[0];
        const b = versions.find(each => keyOf(each) === chosen.b) ?? null;
        return (
          <div className={styles.stack}>
            <div className={styles.choices}>
              <NativeSelect
                size="xs"
                label={t('backtest.first')}
                value={a === undefined ? '' : keyOf(a)}
                onChange={event => setChosen({ ...chosen, a: event.currentTarget.value })}
                data={options}
              />
              <NativeSelect
                size="xs"
                label={t('backtest.second')}
                value={b === null ? '' : keyOf(b)}
                onChange={event => setChosen({ ...chosen, b: event.currentTarget.value })}
                data={[{ value: '', label: t('backtest.noSecond') }, ...options]}
              />
            </div>
            {a === undefined ? null : <Result caseId={caseId} a={a} b={b} />}
          </div>
        );
      }}
    </ChannelView>
  );
};

const Result = ({ caseId, a, b }: { readonly caseId: string; readonly a: Version; readonly b: Version | null }) => {
  const { t } = useTranslation();
  const read = useChannel('typologies.backtest', {
    caseId,
    a: { id: a.id, version: a.version },
    b: b === null ? null : { id: b.id, version: b.version },
  });
  return (
    <ChannelView of={{ ...read, data: read.currentData }} lines={10}>
      {tested =>
        tested === null ? (
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
            <Summary caseId={caseId} tested={tested} />
            {tested.overlap === null ? null : <Overlap caseId={caseId} overlap={tested.overlap} />}
            <Months caseId={caseId} tested={tested} />
          </>
        )
      }
    </ChannelView>
  );
};

/** A count that opens exactly its rows. */
const Opens = ({ caseId, of, label }: { readonly caseId: string; readonly of: Opening; readonly label: string }) => {
  const { t } = useTranslation();
  const mayOpen = usePermission('evidence.read');
  return (
    <span className={styles.opens}>
      <span className="nx-number">{t('count', { count: of.count })}</span>
      <span className={styles.quiet}>
        {mayOpen ? (
          <CountButton count={of.rows} to={paths.records(caseId, { set: of.set })} label={label}>
            {t('risk.rows', { count: of.rows })}
          </CountButton>
        ) : (
          t('risk.rows', { count: of.rows })
        )}
      </span>
    </span>
  );
};

const Summary = ({ caseId, tested }: { readonly caseId: string; readonly tested: BackTest }) => {
  const { t } = useTranslation();
  const sides = [tested.a, ...(tested.b === null ? [] : [tested.b])];
  const percent = (share: number | null): string =>
    share === null ? t('backtest.undecided') : `${(share * 100).toFixed(1)} %`;
  const cell = (pick: (side: TestedVersion) => Opening, what: 'units' | 'confirmed' | 'dismissed' | 'missed') =>
    function OpeningCell(side: TestedVersion): ReactNode {
      return <Opens caseId={caseId} of={pick(side)} label={t(`backtest.rowsOf.${what}`, { title: side.title })} />;
    };
  return (
    <Panel title={t('backtest.decisions')} note={t('backtest.decisionsNote')} flush>
      <FactTable
        caption={t('backtest.decisions')}
        rows={sides}
        rowKey={side => keyOf(side.version)}
        columns={[
          {
            key: 'version',
            head: t('typologies.version'),
            cell: side => t('backtest.option', { title: side.title, version: side.version.version }),
          },
          { key: 'units', head: t('backtest.units'), numeric: true, cell: cell(side => side.units, 'units') },
          {
            key: 'confirmed',
            head: t('backtest.confirmed'),
            numeric: true,
            cell: cell(side => side.confirmed, 'confirmed'),
          },
          {
            key: 'dismissed',
            head: t('backtest.dismissed'),
            numeric: true,
            cell: cell(side => side.dismissed, 'dismissed'),
          },
          { key: 'missed', head: t('backtest.missed'), numeric: true, cell: cell(side => side.missed, 'missed') },
          { key: 'precision', head: t('backtest.precision'), numeric: true, cell: side => percent(side.precision) },
          { key: 'recall', head: t('backtest.recall'), numeric: true, cell: side => percent(side.recall) },
        ]}
      />
    </Panel>
  );
};

const Overlap = ({
  caseId,
  overlap,
}: {
  readonly caseId: string;
  readonly overlap: NonNullable<BackTest['overlap']>;
}) => {
  const { t } = useTranslation();
  return (
    <Panel title={t('backtest.overlap')} flush>
      <FactTable
        caption={t('backtest.overlap')}
        rows={(['both', 'onlyA', 'onlyB'] as const).map(part => ({ part, of: overlap[part] }))}
        rowKey={({ part }) => part}
        columns={[
          { key: 'part', head: t('backtest.hitBy'), cell: ({ part }) => t(`backtest.parts.${part}`) },
          {
            key: 'units',
            head: t('backtest.units'),
            numeric: true,
            cell: ({ part, of }) => (
              <Opens
                caseId={caseId}
                of={of}
                label={t('backtest.rowsOf.overlap', { part: t(`backtest.parts.${part}`) })}
              />
            ),
          },
        ]}
      />
    </Panel>
  );
};

const Months = ({ caseId, tested }: { readonly caseId: string; readonly tested: BackTest }) => {
  const { t } = useTranslation();
  const months = monthsOfBoth(tested.a, tested.b);
  const most = Math.max(1, ...months.flatMap(({ a, b }) => [a?.count ?? 0, b?.count ?? 0]));
  const bar = (of: Opening | null, side: 'a' | 'b', month: string): ReactNode => (
    <span className={styles.monthCell}>
      <span className={styles.monthTrack} aria-hidden>
        <span
          className={styles.monthBar}
          data-side={side}
          style={{ '--share': (of?.count ?? 0) / most } as CSSProperties}
        />
      </span>
      {of === null ? (
        <span className="nx-number">{t('count', { count: 0 })}</span>
      ) : (
        <Opens caseId={caseId} of={of} label={t('backtest.rowsOf.month', { month })} />
      )}
    </span>
  );
  return (
    <Panel title={t('backtest.months')} note={t('backtest.monthsNote', { count: tested.undated })} flush>
      {months.length === 0 ? (
        <EmptyState kind="no-data" title={t('backtest.noMonths')} />
      ) : (
        <FactTable
          caption={t('backtest.months')}
          rows={months}
          rowKey={({ month }) => month}
          columns={[
            { key: 'month', head: t('coverage.month'), cell: ({ month }) => month },
            {
              key: 'a',
              head: t('backtest.option', { title: tested.a.title, version: tested.a.version.version }),
              cell: ({ month, a }) => bar(a, 'a', month),
            },
            ...(tested.b === null
              ? []
              : [
                  {
                    key: 'b',
                    head: t('backtest.option', { title: tested.b.title, version: tested.b.version.version }),
                    cell: ({ month, b }: (typeof months)[number]) => bar(b, 'b', month),
                  },
                ]),
          ]}
        />
      )}
    </Panel>
  );
};
