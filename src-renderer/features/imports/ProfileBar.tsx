import { Button } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InspectedFile } from '../../../src-main/contract/imports.contract.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import type { MappingProfile } from '../../../src-main/contract/profiles.contract.ts';
import type { Overrides } from './column-roles.ts';
import styles from './Profiles.module.css';
import { settingsToKeep } from './read-settings.ts';
import { SaveProfile } from './SaveProfile.tsx';

interface ProfileBarProps {
  readonly file: InspectedFile;
  readonly proposed: ChannelAnswer<'imports.preview'>['proposedProfile'];
  /** The profile in use; undefined while the list of profiles is on its way. */
  readonly applied: MappingProfile | null | undefined;
  readonly stated: Overrides;
  readonly onUse: (profileId: string | null) => void;
  /** The settings are a profile now: they need no longer be stated by hand. */
  readonly onSaved: (profileId: string) => void;
}

/** A profile that fits is offered and never used by itself; one in use is shown and can be put away; what was settled here can become one. */
export const ProfileBar = ({ file, proposed, applied, stated, onUse, onSaved }: ProfileBarProps) => {
  const { t } = useTranslation();
  const [saving, setSaving] = useState(false);
  const header = Array.isArray(file.dialect.header) ? file.dialect.header.map(name => String(name ?? '')) : [];
  const canSave = file.error === undefined && header.some(name => name !== '');
  return (
    <div className={styles.bar}>
      {applied === undefined ? null : applied === null ? (
        proposed == null ? null : (
          <p className={styles.offer}>
            <IconBookmark size={16} aria-hidden />
            <span>{t('profiles.proposed', { name: proposed.name, reason: proposed.reason })}</span>
            <Button
              size="compact-xs"
              aria-label={t('profiles.useOf', { name: proposed.name })}
              onClick={() => onUse(proposed.id)}
            >
              {t('profiles.use')}
            </Button>
          </p>
        )
      ) : (
        <p className={styles.chip}>
          <IconBookmark size={16} aria-hidden />
          <span>{t('profiles.applied', { name: applied.name, version: applied.version })}</span>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('profiles.doNotUseOf', { name: applied.name })}
            onClick={() => onUse(null)}
          >
            {t('profiles.doNotUse')}
          </Button>
        </p>
      )}
      <Button
        size="compact-xs"
        variant="default"
        className={styles.save}
        disabled={!canSave}
        title={canSave ? undefined : t('profiles.noHeader')}
        onClick={() => setSaving(true)}
      >
        {t('profiles.saveAs')}
      </Button>
      {saving ? (
        <SaveProfile
          format={file.format ?? 'csv'}
          header={header}
          overrides={settingsToKeep(file.dialect, { ...applied?.overrides, ...stated })}
          applied={applied ?? null}
          onClose={() => setSaving(false)}
          onSaved={profile => {
            setSaving(false);
            onSaved(profile.id);
          }}
        />
      ) : null}
    </div>
  );
};
