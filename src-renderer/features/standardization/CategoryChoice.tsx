import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import styles from './Review.module.css';

/** The choice that asks for a name of one's own: no category can be an empty text with a blank in it. */
const OTHER = ' ';

interface CategoryChoiceProps {
  readonly caseId: string;
  readonly selectRef?: RefObject<HTMLSelectElement | null>;
  readonly label?: string;
  readonly action?: string;
  readonly loading?: boolean;
  readonly onChoose: (category: string) => void;
}

/** Any category of the taxonomy by group, any that the case uses already, or one of one's own. */
export const CategoryChoice = ({
  caseId,
  selectRef,
  label,
  action,
  loading = false,
  onChoose,
}: CategoryChoiceProps) => {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState('');
  const [own, setOwn] = useState('');
  const groups = useCategoryGroups(caseId);
  const category = chosen === OTHER ? own.trim() : chosen;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (category === '') return;
    onChoose(category);
  };
  return (
    <form className={styles.choice} onSubmit={submit}>
      <NativeSelect
        ref={selectRef}
        size="xs"
        aria-label={label ?? t('review.other')}
        value={chosen}
        onChange={event => setChosen(event.currentTarget.value)}
        data={[{ value: '', label: t('review.other') }, ...groups, { value: OTHER, label: t('review.own') }]}
      />
      {chosen === OTHER ? (
        <TextInput
          size="xs"
          aria-label={t('review.ownName')}
          placeholder={t('review.ownName')}
          value={own}
          maxLength={200}
          autoFocus
          onChange={event => setOwn(event.currentTarget.value)}
        />
      ) : null}
      <Button type="submit" size="xs" variant="default" disabled={category === ''} loading={loading}>
        {action ?? t('review.give')}
      </Button>
    </form>
  );
};

/** Categories by group, those that only this case uses in a group of their own. */
export const useCategoryGroups = (caseId: string): { group: string; items: string[] }[] => {
  const { t } = useTranslation();
  const { data } = useChannel('categories.list', { caseId });
  const groups = new Map<string, string[]>();
  for (const { group, category } of data?.taxonomy ?? []) groups.set(group, [...(groups.get(group) ?? []), category]);
  const known = new Set(data?.taxonomy.map(({ category }) => category));
  const own = new Set(
    data?.counts.flatMap(({ category }) => (category === null || known.has(category) ? [] : [category])),
  );
  return [
    ...(own.size === 0 ? [] : [{ group: t('review.ofCase'), items: [...own].sort() }]),
    ...[...groups].map(([group, items]) => ({ group, items })),
  ];
};
