import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { RULE_ACTIONS } from '../../../src-main/contract/rules.contract.ts';
import { useCategoryGroups } from './CategoryChoice.tsx';
import styles from './RuleEditor.module.css';
import type { RuleActionKind, RuleDraft } from './rule-draft.ts';

type Actions = RuleDraft['actions'];

interface RuleActionsProps {
  readonly caseId: string;
  readonly actions: Actions;
  readonly onChange: (actions: Actions) => void;
}

/** What a rule does, line by line. */
export const RuleActions = ({ caseId, actions, onChange }: RuleActionsProps) => {
  const { t } = useTranslation();
  const categories = useId();
  const groups = useCategoryGroups(caseId);
  const change = (place: number, part: Partial<Actions[number]>): void =>
    onChange(actions.map((action, at) => (at === place ? { ...action, ...part } : action)));
  return (
    <div className={styles.actions}>
      <datalist id={categories}>
        {groups.flatMap(({ items }) => items.map(category => <option key={category} value={category} />))}
      </datalist>
      {actions.map((action, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an action has nothing that names it but its place
        <div key={place} className={styles.action}>
          <NativeSelect
            size="xs"
            aria-label={t('rules.action', { number: place + 1 })}
            value={action.kind}
            onChange={event => change(place, { kind: event.currentTarget.value as RuleActionKind })}
            data={RULE_ACTIONS.map(kind => ({ value: kind, label: t(`rules.actionKinds.${kind}`) }))}
          />
          <TextInput
            size="xs"
            aria-label={t('rules.actionValue', { number: place + 1 })}
            value={action.value}
            maxLength={200}
            {...(action.kind === 'set-category' ? { list: categories } : {})}
            onChange={event => change(place, { value: event.currentTarget.value })}
          />
          <ActionIcon
            size={26}
            aria-label={t('rules.removeAction', { number: place + 1 })}
            onClick={() => onChange(actions.filter((_action, at) => at !== place))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconPlus size={13} />}
        disabled={actions.length >= 20}
        onClick={() => onChange([...actions, { kind: 'add-tag', value: '' }])}
      >
        {t('rules.addAction')}
      </Button>
    </div>
  );
};
