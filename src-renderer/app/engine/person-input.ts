import type { Bridge } from '../transport/bridge.ts';

/** What only a person's hand does to a window. */
const INPUT = ['pointerdown', 'pointermove', 'wheel', 'keydown'] as const;
/** Input is told of at most so often: far below the shortest idle time, which is a minute. */
const EVERY_MS = 5_000;

/**
 * Tells the engine that somebody touched the window, for the idle lock: what the window asks by itself is no sign of a
 * person. `nowMs` is a clock that no setting moves. Answers what ends it.
 */
export const tellOfInput = (
  bridge: Pick<Bridge, 'invoke'>,
  target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>,
  nowMs: () => number = () => performance.now(),
): (() => void) => {
  let toldMs = Number.NEGATIVE_INFINITY;
  const told = ({ isTrusted }: Event): void => {
    if (!isTrusted || nowMs() - toldMs < EVERY_MS) return;
    toldMs = nowMs();
    // A refusal (no engine, a lost connection) shows at whatever the input asks for; a later input tells again.
    void bridge.invoke('sessions.touch', {});
  };
  for (const name of INPUT) target.addEventListener(name, told, { capture: true, passive: true });
  return () => {
    for (const name of INPUT) target.removeEventListener(name, told, { capture: true });
  };
};
