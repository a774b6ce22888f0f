import { i18next, t } from '../../i18n/i18n.ts';

/** A setting or column part in words; its key where it has none. */
export const settingName = (key: string): string => {
  const known = ['setting', 'roleOfColumn', 'dialect'].find(group => i18next.exists(`${group}.${key}`));
  return known === undefined ? key : t(`${known}.${key}` as 'dialect.quote');
};

/** The value of a setting in words; as it stands where it has none. */
export const settingValue = (key: string, value: string): string => {
  // The whole branch: the names of signs are dots and commas, which an address of one text cannot hold.
  const words: unknown = i18next.getResource('en', 'translation', `choice.${key}`);
  const word: unknown = typeof words === 'object' && words !== null ? Reflect.get(words, value) : undefined;
  return typeof word === 'string' ? word : value;
};
