import { i18next, t } from '../../i18n/i18n.ts';

/** A setting or column part in words; its key where it has none. */
export const settingName = (key: string): string => {
  const known = ['setting', 'roleOfColumn', 'dialect'].find(group => i18next.exists(`${group}.${key}`));
  return known === undefined ? key : t(`${known}.${key}` as 'dialect.quote');
};
