import type { Page } from '@playwright/test';

export const sourcePage = (page: Page) => {
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog', { name: /^(Set|Take) “/ });
  return {
    original: main.getByRole('region', { name: 'Sealed original' }),
    statements: main.getByRole('region', { name: 'Statements' }),
    stated: main.getByRole('region', { name: 'Stated at import' }),
    archiveFiles: main.getByRole('region', { name: 'Files of this archive' }),
    setAside: main.getByRole('button', { name: 'Set aside', exact: true }),
    restore: main.getByRole('button', { name: 'Take back into use' }),
    /** Asks for the reason of either change. */
    dialog,
    giveReason: async (reason: string): Promise<void> => {
      await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
      await dialog.getByRole('button', { name: /^(Set aside|Take back into use)$/ }).click();
    },
    exportRejected: main.getByRole('button', { name: /^Export the rejected records of / }),
    certificateButton: main.getByRole('button', { name: /^Import certificate of / }),
    certificate: page.getByRole('article', { name: /^Import certificate of / }),
  };
};
