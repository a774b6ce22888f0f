import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | null = null;

/**
 * Gives back the memory of what this thread has let go of. V8 sees only the small handles of large typed arrays, and would
 * keep a hundred MiB of dead ones for as long as its own heap is small. Takes some tens of milliseconds.
 */
export const collectGarbage = (): void => {
  if (collect === null) {
    // The function that the flag exposes is only put into contexts made after it (nodejs/node, doc/api/cli.md, --expose-gc).
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
};
