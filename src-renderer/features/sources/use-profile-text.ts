import { useTranslation } from 'react-i18next';
import type { SourceSummary } from '../../../src-main/contract/imports.contract.ts';
import { skipToken, useChannel } from '../../app/engine/channel-hooks.ts';

/** The mapping profile a source was read with, in words; null without one. A profile's version is kept also when it is gone. */
export const useProfileText = (profile: SourceSummary['profile']): string | null => {
  const { t } = useTranslation();
  const list = useChannel('profiles.list', profile == null ? skipToken : {});
  if (profile == null) return null;
  const name = list.data?.profiles.find(({ id }) => id === profile.id)?.name;
  return name === undefined
    ? t('source.profileRemoved', { version: profile.version })
    : t('source.profileVersion', { name, version: profile.version });
};
