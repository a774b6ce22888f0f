import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';
import styles from './Rules.module.css';

type Listed = ChannelAnswer<'rules.list'>['rules'][number];
type Conflict = ChannelAnswer<'rules.list'>['conflicts'][number];

interface ConflictsProps {
  readonly caseId: string;
  readonly rules: readonly Listed[];
  readonly conflicts: readonly Conflict[];
}

/** Rows on which two rules say different things: the one first in order decided. */
export const Conflicts = ({ caseId, rules, conflicts }: ConflictsProps) => {
  const { t } = useTranslation();
  if (conflicts.length === 0) return null;
  const nameOf = (ruleId: string): string => rules.find(({ rule }) => rule.id === ruleId)?.rule.name ?? t('rules.gone');
  return (
    <section>
      <h3>{t('rules.conflicts')}</h3>
      <ul className={styles.conflicts}>
        {conflicts.map(({ winner, loser, target, rows }) => {
          const words = t('rules.conflict', {
            winner: nameOf(winner),
            loser: nameOf(loser),
            target: t(`rules.targets.${target}`),
          });
          return (
            <li key={`${winner} ${loser} ${target}`}>
              <span>{words}</span>
              <CountButton
                count={rows}
                to={paths.records(caseId, { set: `conflict:${target}:${winner}:${loser}` })}
                label={t('rules.conflictRows', { words })}
              >
                {t('review.rows', { count: rows })}
              </CountButton>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
