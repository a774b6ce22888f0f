import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../components/KeyHint.tsx';
import type { Command } from './use-commands.ts';

/** Ctrl+K: every command by name, each with its shortcut, so that people learn it. */
export const CommandPalette = ({ commands }: { readonly commands: readonly Command[] }) => {
  const { t } = useTranslation();
  const groups = [...new Set(commands.map(command => command.group))];
  return (
    <Spotlight
      actions={groups.map(group => ({
        group,
        actions: commands
          .filter(command => command.group === group && command.id !== 'palette')
          .map(command => ({
            id: command.id,
            label: command.title,
            onClick: command.run,
            ...(command.keys === undefined ? {} : { rightSection: <KeyHint keys={command.keys} /> }),
          })),
      }))}
      attributes={{ content: { 'aria-label': t('palette.label') } }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      shortcut={null}
      highlightQuery
      scrollable
      maxHeight={420}
      nothingFound={t('palette.nothing')}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.label'),
      }}
    />
  );
};
