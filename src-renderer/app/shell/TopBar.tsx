import { ActionIcon, Button, Menu, useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import {
  IconChevronRight,
  IconDeviceDesktop,
  IconKeyboard,
  IconLayoutList,
  IconLayoutRows,
  IconLock,
  IconMoon,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { KeyHint } from '../../components/KeyHint.tsx';
import { Logo } from '../../components/Logo.tsx';
import { useChannel, useCommand } from '../engine/channel-hooks.ts';
import { paths } from '../paths.ts';
import { densityChosen } from '../preferences.slice.ts';
import { useAppDispatch, useAppSelector } from '../store.ts';
import { AccountMenu } from './AccountMenu.tsx';
import styles from './TopBar.module.css';

interface TopBarProps {
  readonly status: ChannelAnswer<'workspaces.status'>;
  readonly onKeys: () => void;
}

const SCHEMES = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const;

export const TopBar = ({ status, onKeys }: TopBarProps) => {
  const { t } = useTranslation();
  return (
    <header className={styles.bar}>
      <Link to={paths.cases} className={styles.home} aria-label={t('shell.home')}>
        <Logo />
      </Link>
      <nav aria-label={t('shell.place')} className={styles.place}>
        <Link to={paths.cases}>{status.name}</Link>
        <CurrentCase />
      </nav>
      <button type="button" className={styles.search} onClick={spotlight.open}>
        <IconSearch size={15} aria-hidden />
        <span>{t('shell.search')}</span>
        <KeyHint keys="mod+K" />
      </button>
      <AccountMenu status={status} />
      <ActionIcon size={30} aria-label={t('shell.keys')} title={t('shell.keys')} onClick={onKeys}>
        <IconKeyboard size={18} />
      </ActionIcon>
      <DensitySwitch />
      <SchemeMenu />
      <LockButton />
    </header>
  );
};

const CurrentCase = () => {
  const caseId = useAppSelector(state => state.session.caseId);
  const cases = useChannel('cases.list', {});
  const current = cases.data?.cases.find(({ id }) => id === caseId);
  if (current === undefined) return null;
  return (
    <>
      <IconChevronRight size={14} aria-hidden />
      <Link to={paths.caseHome(current.id)} className={styles.case}>
        {current.name}
      </Link>
    </>
  );
};

const DensitySwitch = () => {
  const { t } = useTranslation();
  const dispatch = useAppDispatch();
  const compact = useAppSelector(state => state.preferences.density === 'compact');
  return (
    <ActionIcon
      size={30}
      aria-label={t('shell.compact')}
      title={t('shell.compact')}
      aria-pressed={compact}
      onClick={() => dispatch(densityChosen(compact ? 'comfortable' : 'compact'))}
    >
      {compact ? <IconLayoutList size={18} /> : <IconLayoutRows size={18} />}
    </ActionIcon>
  );
};

const SchemeMenu = () => {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = SCHEMES[colorScheme];
  return (
    <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon size={30} aria-label={t('shell.theme')} title={t('shell.theme')}>
          <Icon size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(['light', 'dark', 'auto'] as const).map(scheme => {
          const SchemeIcon = SCHEMES[scheme];
          return (
            <Menu.Item
              key={scheme}
              leftSection={<SchemeIcon size={16} />}
              onClick={() => setColorScheme(scheme)}
              fw={scheme === colorScheme ? 650 : undefined}
            >
              {t(`theme.${scheme}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
};

const LockButton = () => {
  const { t } = useTranslation();
  const [lock, { isLoading }] = useCommand('sessions.lock');
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconLock size={14} />}
      loading={isLoading}
      onClick={() => void lock({})}
    >
      {t('shell.lock')}
    </Button>
  );
};
