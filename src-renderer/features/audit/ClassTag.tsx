import {
  IconClock,
  IconEye,
  IconFileExport,
  IconHelpHexagon,
  IconLockAccess,
  IconPencil,
  IconRubberStamp,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './Audit.module.css';
import type { AuditClass } from './entry-filter.ts';

export const CLASS_ICONS: Readonly<Record<AuditClass, TablerIcon>> = {
  access: IconEye,
  change: IconPencil,
  export: IconFileExport,
  security: IconLockAccess,
  clock: IconClock,
  approval: IconRubberStamp,
};

/** What an entry is for a reviewer, as icon and word. Null: an act that this version does not know, said as such. */
export const ClassTag = ({ of }: { readonly of: AuditClass | null }) => {
  const { t } = useTranslation();
  const Icon = of === null ? IconHelpHexagon : CLASS_ICONS[of];
  return (
    <span className={styles.class} data-class={of ?? 'unknown'}>
      <Icon size={14} stroke={1.7} aria-hidden />
      {of === null ? t('audit.unknownClass') : t(`audit.classes.${of}`)}
    </span>
  );
};
