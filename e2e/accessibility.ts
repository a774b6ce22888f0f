import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** WCAG 2.0, 2.1 and 2.2, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The rules whose outcome the colours decide; every other one has the same in both schemes. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Fails with rule, element and reason of everything axe finds on what is shown now. */
export const expectAccessible = async (page: Page, what: string, rules?: readonly string[]): Promise<void> => {
  // Half-way through a fade, colours have contrasts that nobody reads. Windows of tests fade nothing (chromium-application.ts) but
  // what a moment's stillness takes care of.
  await page.evaluate(
    quietMs =>
      new Promise<void>(resolve => {
        let quietSinceMs = performance.now();
        const look = (): void => {
          const moves = document
            .getAnimations()
            .some(
              ({ playState, effect }) =>
                playState === 'running' && effect?.getTiming().iterations !== Number.POSITIVE_INFINITY,
            );
          if (moves) quietSinceMs = performance.now();
          if (performance.now() - quietSinceMs >= quietMs) resolve();
          else requestAnimationFrame(look);
        };
        look();
      }),
    50,
  );
  // Legacy mode stays out of frames: the report's sandbox runs no scripts, and says so in the console.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const { violations } = await (rules === undefined ? axe.withTags(TAGS) : axe.withRules([...rules])).analyze();
  const told = violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
  expect.soft(told, `axe on ${what}`).toEqual([]);
};

/** The same state in both schemes: the window follows the system, so nothing has to be opened twice. */
export const expectAccessibleInBoth = async (page: Page, what: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    await expectAccessible(page, `${what}, ${colorScheme}`, colorScheme === 'light' ? undefined : COLOUR_RULES);
  }
};
