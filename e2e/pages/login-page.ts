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
    role: page.getByRole('combobox', { name: 'Role' }),
  };
  const createButton = page.getByRole('button', { name: 'Create workspace' });
  const openButton = page.getByRole('button', { name: 'Open workspace' });
  return {
    ...fields,
    createButton,
    openButton,
    heading: page.getByRole('heading', { level: 1, name: 'Open a workspace' }),
    sampleLink: page.getByRole('button', { name: 'Try the sample examination' }),
    error: page.getByRole('main').getByRole('alert'),
    chooseMode: async (name: 'Open' | 'Create new'): Promise<void> => {
      await mode(name).click();
    },
    fillCreate: async (access: WorkspaceAccess, repeat = access.passphrase): Promise<void> => {
      await mode('Create new').click();
      await fields.name.fill(access.name);
      await fields.actor.fill(access.actor);
      await fields.passphrase.fill(access.passphrase);
      await fields.repeat.fill(repeat);
    },
    open: async (access: WorkspaceAccess, role: RoleName = 'Financial examiner'): Promise<void> => {
      await mode('Open').click();
      await fields.workspace.selectOption(access.name);
      await fields.actor.fill(access.actor);
      await fields.role.selectOption(role);
      await fields.passphrase.fill(access.passphrase);
      await openButton.click();
    },
  };
};
