import { writeFileSync } from 'node:fs';

/**
 * Keeps this process's memory out of core dumps, and that of the processes it starts. On Linux by its dump filter,
 * which also binds programs that collect dumps; elsewhere there is no such switch without native code. False: not done.
 */
export const keepOutOfCoreDumps = (): boolean => {
  if (process.platform !== 'linux') return false;
  try {
    writeFileSync('/proc/self/coredump_filter', '0x0');
    return true;
  } catch {
    // A sandbox without /proc: dumps are then as the system sets them.
    return false;
  }
};
