import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { STAGES, STANDARD_FIELDS } from '../../../src-main/contract/standardization.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { Digest } from '../../components/Digest.tsx';
import { instantText } from '../../components/measure-text.ts';
import { ruleDestination } from '../quality/rule-destination.ts';
import styles from './Pipeline.module.css';

type Run = NonNullable<ChannelAnswer<'standardization.read'>>;
type StageName = (typeof STAGES)[number];

/** A figure as a stage's card shows it. */
interface CardFigure {
  readonly name: string;
  readonly title: string;
  readonly count: number;
  readonly to: string | null;
}

const FIGURES_SHOWN = 3;
/** Figures that the tabs show in full. */
const IN_TABS = /^(stage|category|rule-decided|conflict):/;

interface PipelineRunProps {
  readonly caseId: string;
  readonly run: Run;
}

/** The latest run as its stages in order, each with the rows it saw and changed; and what proves the run. */
export const PipelineRun = ({ caseId, run }: PipelineRunProps) => {
  const { t } = useTranslation();
  /** On the card of the standardizer the name of the field says enough. */
  const fieldChanged = (name: string): string | null => {
    const field = STANDARD_FIELDS.find(known => name === `changed:${known}`);
    return field === undefined ? null : t(`standardFields.${field}`);
  };
  return (
    <section aria-label={t('standardization.pipeline')}>
      <ol className={styles.stages}>
        {STAGES.map(name => {
          const stage = run.stages.find(known => known.stage === name);
          if (stage === undefined)
            return name === 'QualityValidator' ? <QualityStage key={name} caseId={caseId} /> : null;
          const figures = stage.figures.filter(figure => !IN_TABS.test(figure.name));
          const set = stage.figures.find(figure => figure.name === `stage:${name}`)?.set;
          return (
            <Stage
              key={name}
              name={name}
              caseId={caseId}
              rows={stage.rows}
              changed={stage.changed}
              changedTo={set ? paths.records(caseId, { set }) : null}
              figures={figures.map(figure => ({
                ...figure,
                title: fieldChanged(figure.name) ?? figure.title,
                to: figure.set === null ? null : paths.records(caseId, { set: figure.set }),
              }))}
            />
          );
        })}
      </ol>
      <dl className={styles.proof}>
        <div>
          <dt>{t('standardization.ranAt')}</dt>
          <dd className="nx-number">{instantText(run.ranAt)}</dd>
        </div>
        <div>
          <dt>{t('standardization.recipeStep')}</dt>
          <dd className="nx-number">
            {run.recipeSeq === 0 ? (
              t('standardization.noSteps')
            ) : (
              <Link to={paths.standardization({ tab: 'history' })}>{t('count', { count: run.recipeSeq })}</Link>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('standardization.digest')}</dt>
          <dd>
            <Digest value={run.digest} label={t('standardization.digest')} />
          </dd>
        </div>
      </dl>
    </section>
  );
};

interface StageProps {
  readonly name: StageName;
  readonly caseId: string;
  readonly rows: number;
  readonly changed: number;
  readonly changedTo: string | null;
  readonly figures: readonly CardFigure[];
}
const Stage = ({ name, caseId, rows, changed, changedTo, figures }: StageProps) => {
  const { t } = useTranslation();
  const shown = [...figures].sort((a, b) => rank(a) - rank(b) || b.count - a.count);
  const more = shown.length - FIGURES_SHOWN;
  return (
    <li className={styles.stage}>
      <h2>{name}</h2>
      <p className={styles.what}>{t(`standardization.stages.${name}.what`)}</p>
      <dl className={styles.totals}>
        <div>
          <dt>{t('standardization.rows')}</dt>
          <dd>
            <CountButton count={rows} to={paths.records(caseId)} label={t('standardization.rowsOf', { stage: name })} />
          </dd>
        </div>
        <div>
          <dt>{t(`standardization.stages.${name}.changed`)}</dt>
          <dd>
            <Figure count={changed} to={changedTo} label={`${t(`standardization.stages.${name}.changed`)}, ${name}`} />
          </dd>
        </div>
      </dl>
      {shown.length === 0 ? (
        <p className={styles.what}>{t(`standardization.stages.${name}.none`)}</p>
      ) : (
        <ul className={styles.figures}>
          {shown.slice(0, FIGURES_SHOWN).map(figure => (
            <li key={figure.name} data-problem={isProblem(figure)}>
              <span title={figure.title}>
                {isProblem(figure) ? <IconAlertTriangle size={13} aria-hidden /> : null}
                {figure.title}
              </span>
              <Figure count={figure.count} to={figure.to} label={figure.title} />
            </li>
          ))}
          {more > 0 ? <li className={styles.more}>{t('standardization.moreFigures', { count: more })}</li> : null}
        </ul>
      )}
    </li>
  );
};

const isProblem = ({ name }: CardFigure): boolean => name.startsWith('problem:');
const rank = (figure: CardFigure): number => (isProblem(figure) ? 0 : 1);

/** A number that opens its rows; plain where it counts something that is no row. */
const Figure = ({
  count,
  to,
  label,
}: {
  readonly count: number;
  readonly to: string | null;
  readonly label: string;
}) => {
  const { t } = useTranslation();
  return to === null ? (
    <span className="nx-number">{t('count', { count })}</span>
  ) : (
    <CountButton count={count} to={to} label={label} />
  );
};

/** The quality rules run with the examination: their figures stand in the pipeline where they belong. */
const QualityStage = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const { data: examination } = useChannel('examinations.read', { caseId });
  const rules = examination?.quality.rules ?? [];
  const failed = rules.filter(rule => rule.failed > 0).sort((a, b) => b.failed - a.failed);
  const more = failed.length - FIGURES_SHOWN;
  return (
    <li className={styles.stage}>
      <h2>QualityValidator</h2>
      <p className={styles.what}>{t('standardization.stages.QualityValidator.what')}</p>
      {examination == null ? (
        <p className={styles.what}>
          {t('standardization.stages.QualityValidator.none')}{' '}
          <Link to={paths.caseHome(caseId)}>{t('empty.notRun.action')}</Link>
        </p>
      ) : (
        <>
          <dl className={styles.totals}>
            <div>
              <dt>{t('standardization.score')}</dt>
              <dd className="nx-number">
                <Link to={paths.quality}>{examination.quality.score?.toFixed(1) ?? t('unknown')}</Link>
              </dd>
            </div>
            <div>
              <dt>{t('standardization.rulesNotMet')}</dt>
              <dd className="nx-number">
                <Link to={paths.quality}>
                  {t('standardization.ofRules', {
                    count: rules.filter(({ met }) => met === false).length,
                    all: rules.length,
                  })}
                </Link>
              </dd>
            </div>
          </dl>
          <ul className={styles.figures}>
            {failed.slice(0, FIGURES_SHOWN).map(rule => (
              <li key={rule.id} data-problem={rule.met === false}>
                <span title={rule.title}>
                  {rule.met === false ? <IconAlertTriangle size={13} aria-hidden /> : null}
                  {rule.title}
                </span>
                <CountButton
                  count={rule.failed}
                  to={ruleDestination(caseId, rule.id)}
                  label={t('quality.failedOf', { title: rule.title })}
                />
              </li>
            ))}
            {more > 0 ? <li className={styles.more}>{t('standardization.moreFigures', { count: more })}</li> : null}
          </ul>
        </>
      )}
    </li>
  );
};
