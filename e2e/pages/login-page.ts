import type { Locator, Page } from '@playwright/test';

export type RoleName = 'Financial examiner' | 'Prosecutor' | 'Judge' | 'Executive';

export interface WorkspaceAccess {
  readonly name: string;
  readonly passphrase: string;
  readonly actor: string;
}

/** Sign-in: open or create a workspace, or the sample examination. */
export const loginPage = (page: Page) => {
  // The kit hides the radio itself behind its label: the label is what a person presses.
  const mode = (name: 'Open' | 'Create new'): Locator =>
    page.getByRole('radiogroup', { name: 'Open or create' }).getByText(name, { exact: true });
  const field = (name: string): Locator => page.getByRole('textbox', { name, exact: true });
  const fields = {
    name: field('Name of the workspace'),
    actor: field('Your name'),
    passphrase: page.getByLabel('Passphrase', { exact: true }),
    repeat: page.getByLabel('Passphrase again', { exact: true }),
    workspace: page.getByRole('combobox', { name: 'Workspace' }),
  };
  const createButton = page.getByRole('button', { name: 'Create workspace' });
  const passphraseOnly = page.getByRole('radio', { name: 'Passphrase only' });
  const acceptWeak = page.getByRole('checkbox', { name: /passphrase alone protects it/ });
  const kit = page.getByRole('region', { name: 'Your recovery kit' });
  const haveKit = kit.getByRole('checkbox', { name: /I have the kit/ });
  const openButton = page.getByRole('button', { name: 'Open workspace' });
  return {
    ...fields,
    createButton,
    openButton,
    passphraseOnly,
    acceptWeak,
    kit,
    haveKit,
    kitDone: kit.getByRole('button', { name: 'Go on' }),
    recoverLink: page.getByRole('button', { name: 'I have a recovery code' }),
    lockNote: page.getByRole('main').getByRole('status').filter({ hasText: 'ocked' }),
    /** What stands under the button while a workspace opens. */
    opening: page
      .getByRole('main')
      .getByRole('status')
      .filter({ hasText: /^(Unlocking|Leaving)/ }),
    /** Puts the kit away and goes on. */
    takeKit: async (): Promise<string> => {
      const code = await kit.locator('[data-part="recoveryCode"] dd').first().innerText();
      await haveKit.check();
      await kit.getByRole('button', { name: 'Go on' }).click();
      return code;
    },
    heading: page.getByRole('heading', { level: 1, name: /^(Open a|Your first) workspace$/ }),
    sampleLink: page.getByRole('button', { name: 'Try the sample examination' }),
    error: page.getByRole('main').getByRole('alert'),
    chooseMode: async (name: 'Open' | 'Create new'): Promise<void> => {
      await mode(name).click();
    },
    fillCreate: async (access: WorkspaceAccess, repeat = access.passphrase): Promise<void> => {
      // On a machine without a workspace there is nothing to choose from: the form is there at once.
      await fields.passphrase.waitFor();
      if (await mode('Create new').isVisible()) await mode('Create new').click();
      await fields.name.fill(access.name);
      await fields.actor.fill(access.actor);
      await fields.passphrase.fill(access.passphrase);
      await fields.repeat.fill(repeat);
      await passphraseOnly.check();
      await acceptWeak.check();
    },
    open: async (access: WorkspaceAccess): Promise<void> => {
      await mode('Open').click();
      await fields.workspace.selectOption(access.name);
      await fields.actor.fill(access.actor);
      await fields.passphrase.fill(access.passphrase);
      await openButton.click();
    },
  };
};
