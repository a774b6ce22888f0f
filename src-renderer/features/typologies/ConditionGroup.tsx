import { ActionIcon, Button, Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SEVERITIES } from '../../../src-main/contract/findings.contract.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import styles from './Typologies.module.css';
import {
  changedPart,
  DEEPEST_GROUP,
  type GroupPart,
  newGroup,
  newTest,
  type Part,
  type TestPart,
  withPart,
} from './typology-draft.ts';

type Tests = ChannelAnswer<'tests.list'>['tests'];

interface ConditionGroupProps {
  readonly group: GroupPart;
  readonly tests: Tests;
  readonly depth: number;
  readonly onChange: (group: GroupPart) => void;
  readonly onRemove?: () => void;
}

/** A group of conditions: all, any or at least so many of its parts must hold. */
export const ConditionGroup = ({ group, tests, depth, onChange, onRemove }: ConditionGroupProps) => {
  const { t } = useTranslation();
  const replace = (part: Part, next: Part | null): void => onChange(changedPart(group, part.id, () => next));
  return (
    <fieldset className={styles.group} data-depth={depth}>
      <legend className="nx-visually-hidden">{t('typologies.group')}</legend>
      <div className={styles.groupHead}>
        {depth === 0 ? null : (
          <Checkbox
            size="xs"
            label={t('typologies.not')}
            checked={group.not}
            onChange={event => onChange({ ...group, not: event.currentTarget.checked })}
          />
        )}
        <NativeSelect
          size="xs"
          aria-label={t('typologies.mode')}
          value={group.mode}
          onChange={event => onChange({ ...group, mode: event.currentTarget.value as GroupPart['mode'] })}
          data={(['all', 'any', 'atLeast'] as const).map(value => ({ value, label: t(`typologies.modes.${value}`) }))}
        />
        {group.mode === 'atLeast' ? (
          <NumberInput
            size="xs"
            w={70}
            aria-label={t('typologies.least')}
            min={1}
            max={60}
            value={group.least}
            onChange={value => onChange({ ...group, least: typeof value === 'number' ? value : 1 })}
          />
        ) : null}
        {onRemove === undefined ? null : <RemoveButton onRemove={onRemove} label={t('typologies.removeGroup')} />}
      </div>
      {group.parts.map(part =>
        part.kind === 'group' ? (
          <ConditionGroup
            key={part.id}
            group={part}
            tests={tests}
            depth={depth + 1}
            onChange={next => replace(part, next)}
            onRemove={() => replace(part, null)}
          />
        ) : (
          <ConditionLine
            key={part.id}
            part={part}
            tests={tests}
            onChange={next => replace(part, next)}
            onRemove={() => replace(part, null)}
          />
        ),
      )}
      <div className={styles.actions}>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => onChange(withPart(group, group.id, newTest('')))}
        >
          {t('typologies.addTest')}
        </Button>
        {depth < DEEPEST_GROUP ? (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={13} aria-hidden />}
            onClick={() => onChange(withPart(group, group.id, newGroup([newTest('')])))}
          >
            {t('typologies.addGroup')}
          </Button>
        ) : null}
      </div>
    </fieldset>
  );
};

interface ConditionLineProps {
  readonly part: TestPart;
  readonly tests: Tests;
  readonly onChange: (part: TestPart) => void;
  readonly onRemove: () => void;
}

const ConditionLine = ({ part, tests, onChange, onRemove }: ConditionLineProps) => {
  const { t } = useTranslation();
  return (
    <div className={styles.condition}>
      <Checkbox
        size="xs"
        label={t('typologies.not')}
        checked={part.not}
        onChange={event => onChange({ ...part, not: event.currentTarget.checked })}
      />
      <NativeSelect
        size="xs"
        className={styles.testChoice as string}
        aria-label={t('risk.test')}
        value={part.test}
        onChange={event => onChange({ ...part, test: event.currentTarget.value })}
        data={[
          { value: '', label: t('typologies.chooseTest') },
          ...tests.map(({ id, title }) => ({ value: id, label: title })),
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label={t('typologies.minimumSeverity')}
        value={part.minimumSeverity}
        onChange={event => onChange({ ...part, minimumSeverity: event.currentTarget.value })}
        data={[
          { value: '', label: t('typologies.anySeverity') },
          ...SEVERITIES.map(value => ({
            value,
            label: t('typologies.orHigher', { severity: t(`severity.${value}`) }),
          })),
        ]}
      />
      <TextInput
        size="xs"
        w={96}
        inputMode="decimal"
        aria-label={t('typologies.minimumScore')}
        placeholder={t('typologies.anyScore')}
        value={part.minimumScore}
        error={part.minimumScore !== '' && !/^(0(\.\d+)?|1(\.0+)?)$/.test(part.minimumScore)}
        onChange={event => onChange({ ...part, minimumScore: event.currentTarget.value })}
      />
      <RemoveButton onRemove={onRemove} label={t('typologies.removeTest')} />
    </div>
  );
};

const RemoveButton = ({ onRemove, label }: { readonly onRemove: () => void; readonly label: string }) => (
  <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={onRemove}>
    <IconX size={15} aria-hidden />
  </ActionIcon>
);
