import { Menu, UnstyledButton } from '@mantine/core';
import {
  IconChevronDown,
  IconEye,
  IconFingerprint,
  IconHistory,
  IconLink,
  IconLock,
  IconLogout,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { KeyHint } from '../../components/KeyHint.tsx';
import { instantText } from '../../components/measure-text.ts';
import { useCommand } from '../engine/channel-hooks.ts';
import { paths } from '../paths.ts';
import styles from './TopBar.module.css';

/** Who is signed in, looking as what; and what one does about one’s own account. */
export const AccountMenu = ({ status }: { readonly status: ChannelAnswer<'workspaces.status'> }) => {
  const { t } = useTranslation();
  const [lock] = useCommand('sessions.lock');
  const [close] = useCommand('workspaces.close');
  const lastSignInAt = status.lastSignIn?.at ?? null;
  const lastSignIn =
    lastSignInAt === null ? t('account.firstSignIn') : t('account.lastSignIn', { at: instantText(lastSignInAt) });
  if (status.role === null) return null;
  const entry = (to: string, label: string, Icon: TablerIcon) => (
    <Menu.Item component={Link} to={to} leftSection={<Icon size={16} />}>
      {label}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false} width={270}>
      <Menu.Target>
        <UnstyledButton className={styles.role} title={t('shell.roleHint')}>
          {t('shell.actingAs', { actor: status.actor, role: t(`roles.${status.role}`) })}
          <IconChevronDown size={13} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{status.name}</Menu.Label>
        {status.permissions.includes('audit.read') ? (
          entry(paths.workspaceAudit(), lastSignIn, IconHistory)
        ) : (
          <Menu.Label>{lastSignIn}</Menu.Label>
        )}
        {entry(paths.pov, t('account.pov'), IconEye)}
        {entry(paths.security, t('account.security'), IconFingerprint)}
        {entry(paths.oauth, t('account.linked'), IconLink)}
        {entry(paths.preferences, t('account.preferences'), IconSettings)}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLock size={16} />}
          rightSection={<KeyHint keys="mod+shift+L" />}
          onClick={() => void lock({})}
        >
          {t('account.lock')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void close({})}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
