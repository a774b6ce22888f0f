import { expect, type Page } from '@playwright/test';
import { shell } from './shell.ts';

/** Settings: passphrase, one-time codes, sessions; and the dialogs that ask for a proof. */
export const securityPage = (page: Page) => {
  const password = page.getByRole('region', { name: 'Passphrase' });
  const factors = page.getByRole('region', { name: 'One-time codes' });
  const stepUp = page.getByRole('dialog', { name: 'Is it still you?' });
  const secondStep = page.getByRole('region', { name: 'One more step' });
  return {
    password,
    factors,
    recoveryKit: page.getByRole('region', { name: 'Recovery kit' }),
    sessions: page.getByRole('region', { name: 'Sessions' }),
    setUp: factors.getByRole('button', { name: 'Set up', exact: true }),
    enrolment: page.getByRole('dialog', { name: 'Set up one-time codes' }),
    codes: page.getByRole('dialog', { name: 'Recovery codes' }),
    stepUp,
    secondStep,
    open: async (): Promise<void> => {
      await shell(page).openAccountMenu('Passphrase, codes, sessions');
      await expect(shell(page).heading).toHaveText('Security');
    },
    prove: async (passphrase: string): Promise<void> => {
      await stepUp.getByLabel('Passphrase', { exact: true }).fill(passphrase);
      await stepUp.getByRole('button', { name: 'Confirm' }).click();
    },
    giveCode: async (code: string): Promise<void> => {
      await secondStep.getByRole('textbox', { name: /One-time code/ }).fill(code);
      await secondStep.getByRole('button', { name: 'Confirm' }).click();
    },
    changePassphrase: async (present: string, next: string): Promise<void> => {
      await password.getByRole('button', { name: 'Change passphrase' }).click();
      await password.getByLabel('Present passphrase', { exact: true }).fill(present);
      await password.getByLabel('New passphrase', { exact: true }).fill(next);
      await password.getByLabel('Passphrase again', { exact: true }).fill(next);
      await password.getByRole('radio', { name: 'Passphrase only' }).check();
      await password.getByRole('checkbox', { name: /passphrase alone protects it/ }).check();
      await password.getByRole('button', { name: 'Change', exact: true }).click();
    },
  };
};
