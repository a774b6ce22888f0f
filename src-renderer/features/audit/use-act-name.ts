import { useTranslation } from 'react-i18next';

/** Acts, roles and points of view in words; one that this version has no words for stands as it is. */
export const useActName = () => {
  const { t, i18n } = useTranslation();
  return {
    actName: (act: string): string => (i18n.exists(`acts.${act}`) ? t(`acts.${act}` as 'acts.case.created') : act),
    roleName: (role: string): string => (i18n.exists(`roles.${role}`) ? t(`roles.${role}` as 'roles.judge') : role),
  };
};
