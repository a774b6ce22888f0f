import { describe, expect, it } from 'vitest';
import { tellOfInput } from './person-input.ts';

/** A window whose events a test fires, and an engine that keeps what it is asked. */
const station = () => {
  const listeners = new Map<string, EventListener>();
  const asked: string[] = [];
  const time = { nowMs: 0 };
  const stop = tellOfInput(
    {
      invoke: channel => {
        asked.push(channel);
        return Promise.resolve({ ok: true, value: {} });
      },
    },
    {
      addEventListener: (name, listener) => void listeners.set(name, listener as EventListener),
      removeEventListener: name => void listeners.delete(name),
    },
    () => time.nowMs,
  );
  const fire = (name: string, isTrusted = true) => listeners.get(name)?.({ isTrusted } as Event);
  return { asked, time, stop, fire, listeners };
};

describe('input of a person (R-19)', () => {
  it('is told at once, then at most once in five seconds', () => {
    const { asked, time, fire } = station();
    fire('pointermove');
    for (time.nowMs = 1; time.nowMs < 5_000; time.nowMs += 100) fire('keydown');
    expect(asked).toEqual(['sessions.touch']);
    time.nowMs = 5_000;
    fire('wheel');
    fire('pointerdown');
    expect(asked).toEqual(['sessions.touch', 'sessions.touch']);
  });

  it('is nothing that a script made up, and nothing after the end', () => {
    const { asked, stop, fire, listeners } = station();
    fire('keydown', false);
    expect(asked).toEqual([]);
    stop();
    expect(listeners.size).toBe(0);
  });
});
