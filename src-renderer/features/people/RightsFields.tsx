import { Checkbox, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ROLES, type Role } from '../../../src-main/contract/workspaces.contract.ts';
import styles from '../identity/Identity.module.css';

export interface RightsDraft {
  readonly role: Role;
  readonly secondaryRoles: readonly Role[];
  readonly supervisor: boolean;
}

interface RightsFieldsProps {
  readonly draft: RightsDraft;
  readonly onChange: (draft: RightsDraft) => void;
}

/** A primary role, further ones, and the supervisor’s duty. */
export const RightsFields = ({ draft, onChange }: RightsFieldsProps) => {
  const { t } = useTranslation();
  return (
    <>
      <NativeSelect
        label={t('people.role')}
        value={draft.role}
        onChange={event => {
          const role = event.currentTarget.value as Role;
          onChange({ ...draft, role, secondaryRoles: draft.secondaryRoles.filter(other => other !== role) });
        }}
        data={ROLES.map(value => ({ value, label: t(`roles.${value}`) }))}
      />
      <Checkbox.Group
        label={t('people.secondaryRoles')}
        value={[...draft.secondaryRoles]}
        onChange={roles => onChange({ ...draft, secondaryRoles: roles as Role[] })}
      >
        <div className={styles.choices}>
          {ROLES.filter(role => role !== draft.role).map(role => (
            <Checkbox key={role} value={role} label={t(`roles.${role}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <Checkbox
        label={t('people.supervisor')}
        description={t('people.supervisorHint')}
        checked={draft.supervisor}
        onChange={event => onChange({ ...draft, supervisor: event.currentTarget.checked })}
      />
    </>
  );
};
