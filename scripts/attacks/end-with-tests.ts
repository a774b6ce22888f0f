import { afterAll } from 'vitest';

const ends = new Set<() => void>();
afterAll(() => {
  for (const end of ends) end();
});

/** Has a process ended with the test file that started it, also when a test was cut short. */
export const endWithTests = (end: () => void): void => void ends.add(end);
