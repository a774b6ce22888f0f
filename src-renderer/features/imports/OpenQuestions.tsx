import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './Upload.module.css';

interface OpenQuestionsProps {
  readonly message: string;
  readonly candidates: Readonly<Record<string, readonly string[]>>;
  readonly onAnswer: (key: string, value: string) => void;
}

/** What the file itself cannot settle. Nothing is guessed: the examiner says, and the preview is read again. */
export const OpenQuestions = ({ message, candidates, onAnswer }: OpenQuestionsProps) => {
  const { t, i18n } = useTranslation();
  const named = (key: string, base: string): string => (i18n.exists(base) ? t(base as 'setting.dateOrder') : key);
  return (
    <fieldset className={styles.questions} aria-label={t('questions.title')}>
      <div>
        <h3>{t('questions.title')}</h3>
        {message}
      </div>
      {Object.entries(candidates).map(([key, values]) => (
        <Radio.Group
          key={key}
          label={named(key, i18n.exists(`roleOfColumn.${key}`) ? `roleOfColumn.${key}` : `setting.${key}`)}
          onChange={value => onAnswer(key, value)}
        >
          {values.map(value => (
            <Radio key={value} value={value} label={named(value, `choice.${key}.${value}`)} mt={6} />
          ))}
        </Radio.Group>
      ))}
    </fieldset>
  );
};
