import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';
import type { RecipeStatus } from './history-jump.ts';

interface StepRowsProps {
  readonly caseId: string;
  readonly step: RecipeStatus;
}

/** Where what a step changed can be seen: its rule and the rows it decides, or the rows of its category. */
export const StepRows = ({ caseId, step: { step, title } }: StepRowsProps) => {
  const { t } = useTranslation();
  const latest = useChannel('standardization.read', { caseId });
  const figures = latest.data?.stages.flatMap(stage => stage.figures) ?? [];
  const rowsOf = (name: string) => {
    const figure = figures.find(known => known.name === name);
    return figure?.set == null ? null : (
      <CountButton
        count={figure.count}
        to={paths.records(caseId, { set: figure.set })}
        label={t('history.rowsOf', { title })}
      >
        {t('review.rows', { count: figure.count })}
      </CountButton>
    );
  };
  switch (step.kind) {
    case 'rule-saved':
      return (
        <>
          <Link to={paths.standardization({ tab: 'rules', rule: step.rule.id })}>{t('history.openRule')}</Link>
          {rowsOf(`rule-decided:${step.rule.id}`)}
        </>
      );
    case 'category-confirmed':
      return rowsOf(`category:confirmed:${step.category}`);
    case 'duplicates-confirmed':
      return rowsOf('duplicate:confirmed');
    default:
      return null;
  }
};
