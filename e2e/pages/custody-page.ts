import type { Locator, Page } from '@playwright/test';

/** The chain of custody of a case: originals, ledger, check, handing over, certificate. */
export const custodyPage = (page: Page) => {
  const main = page.getByRole('main');
  const originals = main.getByRole('table', { name: 'Originals' });
  const ledger = main.getByRole('region', { name: /^Ledger: / });
  const checkDialog = page.getByRole('dialog', { name: 'Check the originals' });
  const transferDialog = page.getByRole('dialog', { name: /^Hand over / });
  const exportDialog = page.getByRole('dialog', { name: /^Export / });
  const certificateDialog = page.getByRole('dialog', { name: /^Certificate under FRE/ });
  return {
    original: (name: string): Locator =>
      originals.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) }),
    ledger,
    events: ledger.getByRole('table').locator('tbody tr'),
    ofSource: ledger.getByRole('combobox', { name: 'Ledger of' }),
    checkButton: main.getByRole('button', { name: 'Check now' }),
    checkDialog,
    check: async (purpose: string): Promise<void> => {
      await checkDialog.getByRole('textbox', { name: 'Purpose' }).fill(purpose);
      await checkDialog.getByRole('button', { name: 'Check', exact: true }).click();
    },
    transferButton: (name: string): Locator => originals.getByRole('button', { name: `Hand over ${name}` }),
    transferDialog,
    transfer: async (recipient: string, purpose: string, receipt: string): Promise<void> => {
      await transferDialog.getByRole('textbox', { name: 'To whom' }).fill(recipient);
      await transferDialog.getByRole('textbox', { name: 'For what' }).fill(purpose);
      await transferDialog.getByRole('textbox', { name: 'Receipt' }).fill(receipt);
      await transferDialog.getByRole('button', { name: 'Record the handing over' }).click();
    },
    exportButton: (name: string): Locator => originals.getByRole('button', { name: `Export ${name}` }),
    exportDialog,
    export: async (purpose: string, kind: 'It leaves this custody' | 'A working copy'): Promise<void> => {
      await exportDialog.getByRole('radio', { name: kind }).check();
      await exportDialog.getByRole('textbox', { name: 'Purpose' }).fill(purpose);
      await exportDialog.getByRole('button', { name: 'Write it to a folder' }).click();
    },
    certificateButton: main.getByRole('button', { name: 'Certificate', exact: true }),
    certificateDialog,
    makeDraft: certificateDialog.getByRole('button', { name: 'Make the draft' }),
    draft: certificateDialog.getByRole('region', { name: 'Draft of the certificate' }),
    saveText: certificateDialog.getByRole('button', { name: 'Save as text' }),
    saveHtml: certificateDialog.getByRole('button', { name: 'Save as HTML' }),
  };
};
