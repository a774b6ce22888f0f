import { Button } from '@mantine/core';
import { type CSSProperties, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../../app/keyboard.ts';
import { FactTable } from '../../components/FactTable.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { groupedDecimal } from '../../components/money-text.ts';
import styles from './Parties.module.css';
import { barPlaces, chanceText, type ProposedPair, timesOf, type WaterfallStep, waterfallSteps } from './waterfall.ts';

interface WaterfallProps {
  readonly pair: ProposedPair;
  readonly names: readonly [first: string, second: string];
}

/** Bits with their sign, to one decimal, with a minus as wide as the digits. */
const bitsText = (bits: number): string => {
  const text = groupedDecimal(bits.toFixed(1).replace(/^-0\.0$/, '0.0'));
  return bits > 0.05 ? `+${text}` : text;
};

/** How a pair's score comes about: odds before anything was compared, what each field adds or takes, and what it comes to. */
export const Waterfall = ({ pair, names }: WaterfallProps) => {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  useKeys({ t: () => setAsTable(before => !before) });
  const steps = waterfallSteps(pair);
  const words = useStepWords(pair);
  return (
    <>
      <p className={styles.verdict}>
        {t('parties.verdict', { first: names[0], second: names[1], chance: chanceText(pair.score) })}
        <Button
          size="compact-xs"
          variant="default"
          aria-pressed={asTable}
          rightSection={<KeyHint keys="t" />}
          onClick={() => setAsTable(!asTable)}
        >
          {t('benford.asTable')}
        </Button>
      </p>
      {asTable ? (
        <FactTable
          caption={t('parties.waterfall.table')}
          rows={steps}
          rowKey={step => `${step.kind} ${step.contribution?.field ?? ''}`}
          columns={[
            { key: 'field', head: t('parties.waterfall.evidence'), cell: words.title },
            {
              key: 'compared',
              head: t('parties.waterfall.compared'),
              cell: ({ contribution }) =>
                contribution === null ? null : (
                  <span className={styles.compared}>
                    <span>{contribution.a || t('notStated')}</span>
                    <span>{contribution.b || t('notStated')}</span>
                  </span>
                ),
            },
            { key: 'level', head: t('parties.waterfall.level'), cell: step => step.contribution?.level ?? '' },
            { key: 'bits', head: t('parties.waterfall.bits'), numeric: true, cell: step => bitsText(step.bits) },
            { key: 'sum', head: t('parties.waterfall.sum'), numeric: true, cell: step => bitsText(step.to) },
          ]}
        />
      ) : (
        <Bars steps={steps} words={words} />
      )}
    </>
  );
};

interface StepWords {
  readonly title: (step: WaterfallStep) => string;
  readonly plain: (step: WaterfallStep) => string;
}

const useStepWords = (pair: ProposedPair): StepWords => {
  const { t, i18n } = useTranslation();
  const fieldName = (field: string): string =>
    i18n.exists(`parties.fieldNames.${field}`) ? t(`parties.fieldNames.${field}` as 'parties.fieldNames.name') : field;
  const title = ({ kind, contribution }: WaterfallStep): string =>
    kind === 'field' ? fieldName(contribution?.field ?? '') : t(`parties.waterfall.${kind}`);
  const plain = ({ kind, contribution, bits }: WaterfallStep): string => {
    const { times, more } = timesOf(bits);
    const told = t(more ? 'parties.waterfall.moreThan' : 'parties.waterfall.times', { times });
    if (kind === 'prior') return t('parties.waterfall.priorWords', { times: told });
    if (kind === 'total') return t('parties.waterfall.totalWords', { chance: chanceText(pair.score) });
    const level = contribution?.level ?? '';
    if (level === 'unknown') return t('parties.waterfall.unknown');
    if (Math.abs(bits) < 0.05) return t('parties.waterfall.neither', { level });
    return t(bits > 0 ? 'parties.waterfall.for' : 'parties.waterfall.against', { level, times: told });
  };
  return { title, plain };
};

const Bars = ({ steps, words }: { readonly steps: readonly WaterfallStep[]; readonly words: StepWords }) => {
  const { t } = useTranslation();
  const { bars, zero } = barPlaces(steps);
  return (
    <figure className={styles.figure}>
      <ul className={styles.bars} aria-label={t('parties.waterfall.chart')}>
        {steps.map((step, i) => (
          <li key={`${step.kind} ${step.contribution?.field ?? ''}`} data-kind={step.kind}>
            <span className={styles.barName}>{words.title(step)}</span>
            <span
              className={styles.track}
              style={
                {
                  '--start': `${bars[i]?.start ?? 0}%`,
                  '--width': `${bars[i]?.width ?? 0}%`,
                  '--zero': `${zero}%`,
                } as CSSProperties
              }
              aria-hidden
            >
              <span className={styles.barFill} data-sign={step.bits < 0 ? 'against' : 'for'} />
            </span>
            <span className={`${styles.barBits} nx-number`}>
              {t('parties.waterfall.inBits', { bits: bitsText(step.bits) })}
            </span>
            <span className={styles.barWords}>{words.plain(step)}</span>
          </li>
        ))}
      </ul>
      <figcaption className={styles.quiet}>{t('parties.waterfall.legend')}</figcaption>
    </figure>
  );
};
