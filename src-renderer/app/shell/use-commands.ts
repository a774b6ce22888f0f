import { useMantineColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { spotlight } from '@mantine/spotlight';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Permission } from '../../../src-main/contract/channel.ts';
import { ROLES, type Role } from '../../../src-main/contract/workspaces.contract.ts';
import { useChannel, useCommand } from '../engine/channel-hooks.ts';
import { jobsPanelToggled } from '../engine/jobs.slice.ts';
import { paths } from '../paths.ts';
import { densityChosen } from '../preferences.slice.ts';
import { useAppDispatch, useAppSelector } from '../store.ts';

/** Takes a point of view; a refusal is told, since the palette is closed by then. */
const useTakePov = (): ((role: Role) => Promise<void>) => {
  const { t } = useTranslation();
  const [choose] = useCommand('accounts.choosePov');
  return useCallback(
    async role => {
      const { error } = await choose({ pov: role });
      if (error === undefined) return;
      notifications.show({
        closeButtonProps: { 'aria-label': t('close') },
        title: t('commands.povRefused'),
        message: error.message,
        color: 'red',
        autoClose: false,
      });
    },
    [choose, t],
  );
};

/** A command as data: the palette, the key sheet and the key bindings all read this one list. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly keys?: string;
  readonly run: () => void;
}

export const useCommands = (openKeySheet: () => void): readonly Command[] => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const dispatch = useAppDispatch();
  const caseId = useAppSelector(state => state.session.caseId);
  const { setColorScheme } = useMantineColorScheme();
  const [lock] = useCommand('sessions.lock');
  const [signOut] = useCommand('workspaces.close');
  const status = useChannel('workspaces.status', {}).data;
  const pov = status?.role ?? null;
  const permissions = status?.permissions;
  const may = useMemo(() => {
    const has = (permission: Permission): boolean => permissions?.includes(permission) ?? false;
    return {
      custody: has('custody.read'),
      readLog: has('audit.read'),
      exportLog: has('audit.export'),
      supervise: has('security.read'),
    };
  }, [permissions]);
  const takePov = useTakePov();

  return useMemo(() => {
    const go = (path: string) => () => void navigate(path);
    const inCase: Command[] =
      caseId === null
        ? []
        : [
            { id: 'go.home', keys: 'g h', run: go(paths.caseHome(caseId)) },
            { id: 'go.upload', keys: 'g u', run: go(paths.upload) },
            { id: 'go.records', keys: 'g r', run: go(paths.records(caseId)) },
            { id: 'go.tests', keys: 'g e', run: go(paths.tests(caseId)) },
            { id: 'go.findings', keys: 'g f', run: go(paths.findings(caseId)) },
            { id: 'go.risk', keys: 'g k', run: go(paths.risk(caseId)) },
            { id: 'go.typologies', keys: 'g x', run: go(paths.typologies(caseId)) },
            { id: 'go.flows', keys: 'g m', run: go(paths.flows(caseId)) },
            { id: 'go.reconciliation', keys: 'g b', run: go(paths.reconciliation(caseId)) },
            { id: 'go.parties', keys: 'g y', run: go(paths.parties(caseId)) },
            { id: 'go.coverage', keys: 'g v', run: go(paths.coverage(caseId)) },
            { id: 'go.duplicates', keys: 'g d', run: go(paths.duplicates(caseId)) },
            { id: 'go.standardization', keys: 'g t', run: go(paths.standardization()) },
            { id: 'go.quality', keys: 'g q', run: go(paths.quality) },
            { id: 'go.report', keys: 'g p', run: go(paths.report(caseId)) },
            { id: 'go.audit', keys: 'g a', run: go(paths.audit(caseId)) },
            ...(may.custody ? [{ id: 'go.custody', keys: 'g o', run: go(paths.custody(caseId)) }] : []),
          ].map(command => ({
            ...command,
            title: t(`commands.${command.id as 'go.home'}`),
            group: t('commands.groups.case'),
          }));
    const workspace = [
      ...(may.readLog
        ? [
            { id: 'log', keys: 'g l', run: go(paths.workspaceAudit()) },
            { id: 'compliance', keys: 'g i', run: go(paths.compliance()) },
          ]
        : []),
      ...(may.exportLog ? [{ id: 'exportLog', run: go(paths.exportLog) }] : []),
      ...(may.supervise
        ? [
            { id: 'people', keys: 'g n', run: go(paths.people) },
            { id: 'register', run: go(paths.register) },
            { id: 'alerts', keys: 'g w', run: go(paths.alerts) },
          ]
        : []),
      { id: 'security', run: go(paths.security) },
      { id: 'linked', run: go(paths.oauth) },
      { id: 'pov', run: go(paths.pov) },
    ].map(command => ({
      ...command,
      title: t(`commands.${command.id as 'log'}`),
      group: t('commands.groups.workspace'),
    }));
    const povs = ROLES.filter(role => role !== pov).map(role => ({
      id: `pov.${role}`,
      title: t('commands.takePov', { role: t(`roles.${role}`) }),
      group: t('commands.groups.workspace'),
      run: () => void takePov(role),
    }));
    const window = [
      { id: 'palette', keys: 'mod+k', run: spotlight.toggle },
      { id: 'keys', keys: '?', run: openKeySheet },
      { id: 'jobs', keys: 'mod+j', run: () => dispatch(jobsPanelToggled()) },
      { id: 'cases', keys: 'g c', run: go(paths.cases) },
      { id: 'preferences', keys: 'g s', run: go(paths.preferences) },
      { id: 'light', run: () => setColorScheme('light') },
      { id: 'dark', run: () => setColorScheme('dark') },
      { id: 'system', run: () => setColorScheme('auto') },
      { id: 'comfortable', run: () => dispatch(densityChosen('comfortable')) },
      { id: 'compact', run: () => dispatch(densityChosen('compact')) },
      { id: 'close', keys: 'mod+shift+l', run: () => void lock({}) },
      { id: 'signOut', run: () => void signOut({}) },
    ].map(command => ({
      ...command,
      title: t(`commands.${command.id as 'palette'}`),
      group: t('commands.groups.window'),
    }));
    return [...inCase, ...workspace, ...povs, ...window];
  }, [t, navigate, dispatch, caseId, setColorScheme, lock, signOut, may, pov, takePov, openKeySheet]);
};
