import type { Bridge } from '../transport/bridge.ts';

type Invoke = Bridge['invoke'];

/** Calls of one channel under way at once: far fewer than the engine allows a session. */
const AT_ONCE = 32;
/** The engine allows some calls a second: its refusal says to wait one and to repeat. */
const WAIT_MS = 1_000;
const MOST_WAITS = 30;

/**
 * Asks in turn where a screen asks much at once (a pile of files wants a preview each): at most 32 of a channel are under
 * way, the others wait, first come first served; what the engine refused as too many is asked again after a second.
 */
export const patientCalls = (
  invoke: Invoke,
  wait = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms)),
): Invoke => {
  const underWay = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();

  const enter = async (channel: string): Promise<void> => {
    const count = underWay.get(channel) ?? 0;
    if (count < AT_ONCE) {
      underWay.set(channel, count + 1);
      return;
    }
    await new Promise<void>(resolve => {
      const line = waiting.get(channel) ?? [];
      waiting.set(channel, line);
      line.push(resolve);
    });
  };
  const leave = (channel: string): void => {
    const next = waiting.get(channel)?.shift();
    // Whoever waits longest takes the place that is left.
    if (next !== undefined) next();
    else underWay.set(channel, (underWay.get(channel) ?? 1) - 1);
  };

  return async (channel, input) => {
    await enter(channel);
    try {
      let result = await invoke(channel, input);
      for (let waits = 0; !result.ok && result.error.code === 'rate.exceeded' && waits < MOST_WAITS; waits++) {
        await wait(WAIT_MS);
        result = await invoke(channel, input);
      }
      return result;
    } finally {
      leave(channel);
    }
  };
};
