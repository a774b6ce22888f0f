import { expect, type Locator, type Page } from '@playwright/test';

export type Screen =
  | 'All cases'
  | 'Workspace audit log'
  | 'Compliance'
  | 'Overview'
  | 'Add files'
  | 'Standardization'
  | 'Transactions'
  | 'Rejected records'
  | 'Tests'
  | 'Findings'
  | 'Risk scores'
  | 'Typologies'
  | 'Money flow'
  | 'Reconciliation'
  | 'Duplicates'
  | 'Parties'
  | 'Coverage'
  | 'Data quality'
  | 'Report'
  | 'Audit log'
  | 'Custody'
  | 'Preferences'
  | 'People'
  | 'Alerts';

/** The frame round every screen: tree, bar, palette, key sheet, jobs. */
export const shell = (page: Page) => {
  const tree = page.getByRole('navigation', { name: 'Case', exact: true });
  const heading = page.getByRole('heading', { level: 1 });
  const jobs = page.getByRole('region', { name: 'Jobs' });
  const jobsButton = page.getByRole('contentinfo').getByRole('button');
  const treeLink = (name: string | RegExp): Locator => tree.getByRole('link', { name });
  const palette = page.getByRole('dialog', { name: 'Search commands' });
  const notes = page.getByRole('alert').getByRole('button', { name: 'Close', exact: true });
  return {
    heading,
    /** Closes the notes of ended jobs, which would otherwise fade away at a time of their own. */
    closeNotes: async (): Promise<void> => {
      // One that comes up meanwhile is closed too.
      await expect(async () => {
        await notes.evaluateAll(buttons => {
          for (const button of buttons) (button as HTMLElement).click();
        });
        await expect(notes).toHaveCount(0, { timeout: 1_000 });
      }).toPass();
    },
    tree,
    treeLink,
    main: page.getByRole('main'),
    palette,
    /** Opens the palette and searches it: only once its field has the focus does it get every letter. */
    searchCommands: async (words: string): Promise<void> => {
      await page.keyboard.press('Control+k');
      const field = palette.getByRole('textbox');
      await expect(field).toBeFocused();
      await page.keyboard.type(words);
      await expect(field).toHaveValue(words);
    },
    /** Runs the one command found: a key pressed before it is marked does nothing. */
    runCommand: async (): Promise<void> => {
      await expect(async () => {
        if (await palette.isVisible()) await page.keyboard.press('Enter');
        await expect(palette).toBeHidden({ timeout: 2_000 });
      }).toPass();
    },
    keySheet: page.getByRole('dialog', { name: 'Keyboard shortcuts' }),
    densitySwitch: page.getByRole('button', { name: 'Compact density' }),
    account: page.getByRole('banner').getByRole('button', { name: / · / }),
    openAccountMenu: async (
      item:
        | 'Point of view'
        | 'Passphrase, codes, sessions'
        | 'Linked accounts'
        | 'Preferences'
        | 'Sign out of this window',
    ): Promise<void> => {
      await page.getByRole('banner').getByRole('button', { name: / · / }).click();
      await page.getByRole('menuitem', { name: item }).click();
    },
    lockButton: page.getByRole('button', { name: 'Lock', exact: true }),
    jobs,
    jobsButton,
    cutOff: page.getByRole('alert').filter({ hasText: /connection to the engine|started anew|Another tab/ }),
    noPermission: page.getByText('Your role may not see this'),
    openJobs: async (): Promise<void> => {
      if ((await jobsButton.getAttribute('aria-expanded')) === 'false') await jobsButton.click();
      await expect(jobs).toBeVisible();
    },
    chooseTheme: async (name: 'Light' | 'Dark' | 'As the system'): Promise<void> => {
      await page.getByRole('button', { name: 'Theme', exact: true }).click();
      await page.getByRole('menuitem', { name }).click();
    },
    /** Follows the tree, and waits for the screen's heading. */
    go: async (screen: Screen): Promise<void> => {
      const link = tree.getByRole('link', { name: new RegExp(`^${screen}( [\\d,]+)?$`) });
      const expected = screen === 'All cases' ? 'Cases' : screen === 'Overview' ? null : screen;
      await link.click();
      if (expected !== null) await expect(heading).toHaveText(expected);
    },
  };
};
