import { Modal, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { KeyHint } from '../../components/KeyHint.tsx';
import { paths } from '../paths.ts';
import { useAppSelector } from '../store.ts';
import styles from './KeySheet.module.css';
import type { Command } from './use-commands.ts';

interface KeySheetProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly commands: readonly Command[];
}

const SCREEN_KEYS = [
  ['records', ['/', 'f', 'Enter']],
  ['categories', ['j', 'k', 'Enter', 's']],
  ['tests', ['j', 'k', 'r', 't', '/']],
  ['findings', ['j', 'k', 'e', 'd', 'y', 'o', 'c', 'f', 'a', '1', 'x', 'h', 'p', 'r', 't', 'mod+z']],
  ['risk', ['j', 'k', '/']],
  ['typologies', ['j', 'k']],
  ['flows', ['/', '[', ']', 'h']],
  ['reconciliation', ['j', 'k', 'Enter', 'n', 'm', 'b', 'o', 'ArrowLeft', 'u', 'mod+z']],
  ['duplicates', ['j', 'k', 'Enter', 'n', 's']],
  ['parties', ['j', 'k', 'Enter', 'n', 's']],
] as const;

/** Every shortcut on one sheet. */
export const KeySheet = ({ opened, onClose, commands }: KeySheetProps) => {
  const { t } = useTranslation();
  const singleKeys = useAppSelector(state => state.preferences.singleKeys);
  const groups = [
    {
      title: t('keySheet.everywhere'),
      keys: commands.flatMap(({ keys, title }) => (keys === undefined ? [] : [{ keys, title }])),
    },
    ...SCREEN_KEYS.map(([screen, keys]) => ({
      title: t(`keySheet.${screen}.title`),
      keys: keys.map(key => ({ keys: key, title: t(`keySheet.${screen}.${key}` as 'keySheet.records.f') })),
    })),
  ];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keySheet.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {singleKeys ? null : (
        <p className={styles.off}>
          {t('keySheet.off')}{' '}
          <Link to={paths.preferences} onClick={onClose}>
            {t('keySheet.turnOn')}
          </Link>
        </p>
      )}
      <div className={styles.sheet}>
        {groups.map(group => (
          <section key={group.title}>
            <Title order={3}>{group.title}</Title>
            <dl>
              {group.keys.map(({ keys, title }) => (
                <div key={keys}>
                  <dt>{title}</dt>
                  <dd>
                    <KeyHint keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
};
