import { Kbd } from '@mantine/core';
import styles from './KeyHint.module.css';

/** A shortcut as keys: `mod+K` becomes Ctrl and K (⌘ on a Mac), `g r` one key after the other. */
export const KeyHint = ({ keys }: { readonly keys: string }) => (
  <span className={styles.hint}>
    {keys.split(/[+ ]/).map(key => (
      <Kbd key={key} size="xs">
        {keyName(key)}
      </Kbd>
    ))}
  </span>
);

const isMac = (): boolean => navigator.platform.startsWith('Mac');
const keyName = (key: string): string =>
  key === 'mod' ? (isMac() ? '⌘' : 'Ctrl') : key.length === 1 ? key.toUpperCase() : key === 'shift' ? 'Shift' : key;
