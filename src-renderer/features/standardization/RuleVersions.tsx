import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RuleShape } from '../../../src-main/contract/rules.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { instantText } from '../../components/measure-text.ts';
import { versionsOf } from './history-jump.ts';
import styles from './RuleEditor.module.css';

interface RuleVersionsProps {
  readonly caseId: string;
  readonly ruleId: string;
  readonly current: number;
  /** Puts a version into the editor; saving it makes a new version. */
  readonly onLoad: (rule: RuleShape) => void;
}

/** Every version a rule was saved in. Earlier runs keep the one they used. */
export const RuleVersions = ({ caseId, ruleId, current, onLoad }: RuleVersionsProps) => {
  const { t } = useTranslation();
  const { data } = useChannel('recipes.list', { caseId });
  const versions = versionsOf(data?.steps ?? [], ruleId);
  return (
    <section className={styles.trial} aria-label={t('rules.versions')}>
      <h4>{t('rules.versions')}</h4>
      <ul className={styles.versions}>
        {versions.map(({ seq, rule, actor, at, standing }) => (
          <li key={seq}>
            <span className="nx-number">{t('rules.version', { version: rule.version })}</span>
            <span className={styles.hint}>
              {t('history.by', { actor, at: instantText(at) })}
              {standing ? '' : ` · ${t('history.states.undone')}`}
            </span>
            {rule.version === current && standing ? (
              <span className={styles.hint}>{t('rules.currentVersion')}</span>
            ) : (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={t('rules.loadVersion', { version: rule.version })}
                onClick={() => onLoad(rule)}
              >
                {t('rules.load')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};
