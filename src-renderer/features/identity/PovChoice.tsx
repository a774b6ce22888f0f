import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ROLES, type Role } from '../../../src-main/contract/workspaces.contract.ts';
import styles from './Identity.module.css';

interface PovChoiceProps {
  readonly pov: Role;
  /** Roles that the account was granted. */
  readonly granted: readonly Role[];
  readonly onChange: (pov: Role) => void;
}

/** The points of view: one’s own roles first, then the others, which only narrow. */
export const PovChoice = ({ pov, granted, onChange }: PovChoiceProps) => {
  const { t } = useTranslation();
  const ordered = [...granted, ...ROLES.filter(role => !granted.includes(role))];
  return (
    <Radio.Group label={t('pov.choice')} value={pov} onChange={value => onChange(value as Role)}>
      <div className={styles.choices}>
        {ordered.map(role => (
          <Radio
            key={role}
            value={role}
            label={t(`roles.${role}`)}
            description={granted.includes(role) ? t(`pov.does.${role}`) : t('pov.narrows')}
          />
        ))}
      </div>
    </Radio.Group>
  );
};
