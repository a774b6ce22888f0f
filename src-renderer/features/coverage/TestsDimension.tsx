import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { CountButton } from '../../components/CountButton.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Coverage.module.css';
import type { CoverageAnswer, LineScope, TestsAnswer } from './coverage-cells.ts';
import { MissingStatements } from './MissingStatements.tsx';
import { TestGrid } from './TestGrid.tsx';

type CoveredTest = TestsAnswer['tests'][number];

interface TestsDimensionProps {
  readonly caseId: string;
  readonly coverage: CoverageAnswer;
  readonly scopes: readonly LineScope[];
  readonly chosen: string | null;
  readonly onChoose: (test: string | null) => void;
}

const TONES = { run: 'good', 'cannot-run': 'warn', 'not-run': 'unknown' } as const;

/** The tests on the accounts and months: which ran, which could not and why, and what missing statements could change. */
export const TestsDimension = ({ caseId, coverage, scopes, chosen, onChoose }: TestsDimensionProps) => {
  const { t } = useTranslation();
  const read = useChannel('coverage.tests', { caseId });
  return (
    <ChannelView of={read} lines={8}>
      {({ tests, missing, current }) => (
        <>
          {missing.length === 0 ? null : (
            <MissingStatements caseId={caseId} missing={missing} scopes={scopes} coverage={coverage} />
          )}
          <Panel
            title={t('coverage.tests.title')}
            note={t('coverage.tests.note')}
            actions={current === false ? <StatusTag tone="warn">{t('risk.stale')}</StatusTag> : undefined}
            flush
          >
            <div className={styles.testBar}>
              <NativeSelect
                size="xs"
                label={t('coverage.tests.choose')}
                value={chosen ?? ''}
                onChange={event => onChoose(event.currentTarget.value === '' ? null : event.currentTarget.value)}
                data={[
                  { value: '', label: t('coverage.tests.none') },
                  ...tests.map(({ test, title }) => ({ value: test, label: title })),
                ]}
              />
            </div>
            {chosen === null ? null : <TestGrid caseId={caseId} coverage={coverage} scopes={scopes} test={chosen} />}
            <TestTable caseId={caseId} tests={tests} onChoose={onChoose} />
          </Panel>
        </>
      )}
    </ChannelView>
  );
};

interface TestTableProps {
  readonly caseId: string;
  readonly tests: readonly CoveredTest[];
  readonly onChoose: (test: string) => void;
}

const TestTable = ({ caseId, tests, onChoose }: TestTableProps) => {
  const { t } = useTranslation();
  return (
    <FactTable
      caption={t('coverage.tests.table')}
      rows={tests}
      rowKey={({ test }) => test}
      columns={[
        {
          key: 'test',
          head: t('risk.test'),
          cell: ({ test, title }) => (
            <button type="button" className={styles.testName} onClick={() => onChoose(test)}>
              {title}
            </button>
          ),
        },
        {
          key: 'state',
          head: t('coverage.tests.state'),
          nowrap: true,
          cell: ({ state }) => <StatusTag tone={TONES[state]}>{t(`coverage.tests.states.${state}`)}</StatusTag>,
        },
        {
          key: 'cells',
          head: t('coverage.tests.cells'),
          numeric: true,
          cell: ({ cells }) =>
            t('coverage.tests.cellsOf', {
              tested: cells.tested + cells.partly,
              of: cells.tested + cells.partly + cells.untestable + cells['not-run'],
            }),
        },
        {
          key: 'findings',
          head: t('tree.findings'),
          numeric: true,
          cell: ({ test, title, findings }) => (
            <CountButton
              count={findings}
              to={paths.findings(caseId, { test })}
              label={t('coverage.tests.findingsOf', { title })}
            />
          ),
        },
        { key: 'reason', head: t('typologies.why'), cell: ({ reason }) => reason ?? '' },
      ]}
    />
  );
};
