import { CopyButton, Tooltip, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './Digest.module.css';

interface DigestProps {
  readonly value: string;
  readonly label: string;
  /** Shows all 64 characters; else the first 12, with the rest in the tooltip. */
  readonly full?: boolean;
}

/** A SHA-256 digest; a click copies all of it. */
export const Digest = ({ value, label, full = false }: DigestProps) => {
  const { t } = useTranslation();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('digest.copied') : value} maw={560} multiline>
          <UnstyledButton
            className={`${styles.digest} nx-mono`}
            data-full={full}
            onClick={copy}
            aria-label={t('digest.copy', { label })}
          >
            {full ? value : `${value.slice(0, 12)}…`}
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  );
};
