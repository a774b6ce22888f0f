import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PERMISSIONS } from '../../../src-main/contract/channel.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import {
  AI_INTERVENTION_LEVELS,
  type AiInterventionLevel,
  ANALYSIS_MODES,
  type AnalysisMode,
} from '../../../src-main/contract/pov.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { SettingsTabs } from '../settings/SettingsTabs.tsx';
import styles from './Identity.module.css';
import { PovChoice } from './PovChoice.tsx';

type Me = ChannelAnswer<'accounts.me'>;

/** The point of view, what it may do, and how the screens and the assistant behave for this person. */
export const PovPage = () => {
  const { t } = useTranslation();
  const me = useChannel('accounts.me', {});
  return (
    <>
      <PageHeader title={t('pov.title')} description={t('pov.description')} />
      <SettingsTabs />
      <ChannelView of={me}>{answer => <PovPanels me={answer} />}</ChannelView>
    </>
  );
};

const PovPanels = ({ me: { account, pov } }: { readonly me: Me }) => {
  const { t } = useTranslation();
  const [choose, { error }] = useCommand('accounts.choosePov');
  const secondary = account.secondaryRoles.map(role => t(`roles.${role}`)).join(', ');
  return (
    <div className={styles.stack}>
      {error === undefined ? null : <ErrorState error={error} />}
      <Panel title={t('pov.choice')} note={t('pov.choiceNote')}>
        <div className={styles.form}>
          <DefinitionList
            entries={[
              [t('pov.role'), t(`roles.${account.role}`)],
              [t('pov.secondaryRoles'), secondary === '' ? t('pov.noSecondaryRoles') : secondary],
              ...(account.supervisor ? [[t('pov.duty'), t('pov.supervisor')] as const] : []),
            ]}
          />
          <PovChoice
            pov={pov}
            granted={[account.role, ...account.secondaryRoles]}
            onChange={chosen => void choose({ pov: chosen })}
          />
        </div>
      </Panel>
      <Panel title={t('pov.analysisMode.title')}>
        <Radio.Group
          label={t('pov.analysisMode.label')}
          value={account.analysisMode}
          onChange={value => void choose({ analysisMode: value as AnalysisMode })}
        >
          <div className={styles.choices}>
            {ANALYSIS_MODES.map(mode => (
              <Radio
                key={mode}
                value={mode}
                label={t(`pov.analysisMode.${mode}`)}
                description={t(`pov.analysisMode.hints.${mode}`)}
              />
            ))}
          </div>
        </Radio.Group>
      </Panel>
      <Panel title={t('pov.ai.title')}>
        <Radio.Group
          label={t('pov.ai.label')}
          value={account.aiInterventionLevel}
          onChange={value => void choose({ aiInterventionLevel: value as AiInterventionLevel })}
        >
          <div className={styles.choices}>
            {AI_INTERVENTION_LEVELS.map(level => (
              <Radio key={level} value={level} label={t(`pov.ai.${level}`)} description={t(`pov.ai.hints.${level}`)} />
            ))}
          </div>
        </Radio.Group>
      </Panel>
      <Permissions />
    </div>
  );
};

/** What the session may do now, read from the engine: the same list that every call is judged by. */
const Permissions = () => {
  const { t } = useTranslation();
  const status = useChannel('workspaces.status', {});
  return (
    <Panel title={t('pov.may.title')} note={t('pov.may.note')} flush>
      <ChannelView of={status}>
        {({ permissions }) => (
          <FactTable
            caption={t('pov.may.title')}
            rows={PERMISSIONS.filter(permission => permission !== 'public')}
            rowKey={permission => permission}
            columns={[
              { key: 'act', head: t('pov.may.act'), cell: permission => t(`permissions.${permission}`) },
              {
                key: 'may',
                head: t('pov.may.may'),
                cell: permission =>
                  permissions.includes(permission) ? (
                    <StatusTag tone="good">{t('pov.may.yes')}</StatusTag>
                  ) : (
                    <StatusTag tone="unknown">{t('pov.may.no')}</StatusTag>
                  ),
              },
            ]}
          />
        )}
      </ChannelView>
    </Panel>
  );
};
