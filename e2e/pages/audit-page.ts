import { expect, type Locator, type Page } from '@playwright/test';

export type AuditClassName = 'Access' | 'Change' | 'Export' | 'Security' | 'Clock' | 'Approval';

/** The audit log of a case or of the workspace: its state, its filters, the entries found, the chosen one, the export. */
export const auditPage = (page: Page) => {
  const main = page.getByRole('main');
  const entries = main.getByRole('list', { name: 'Entries found' }).getByRole('listitem');
  const filters = main.getByRole('region', { name: 'Filters of the log' });
  const exportDialog = page.getByRole('dialog', { name: 'Export the log' });
  const count = filters.getByRole('status');
  return {
    verifyButton: main.getByRole('button', { name: 'Verify' }),
    verdict: main.getByRole('region', { name: 'Verification' }),
    head: main.getByRole('region', { name: 'State of the log' }),
    wholeLog: main.getByRole('link', { name: 'Whole workspace' }),
    search: filters.getByRole('searchbox', { name: 'Search the entries' }),
    filter: (name: 'Act' | 'Person' | 'Role' | 'Case'): Locator => filters.getByRole('combobox', { name, exact: true }),
    day: (name: 'From' | 'Before'): Locator => filters.getByLabel(`${name} (UTC)`),
    chip: (name: AuditClassName): Locator => filters.getByRole('button', { name: new RegExp(`^${name}\\s*[\\d,]+$`) }),
    clear: filters.getByRole('button', { name: 'Clear all filters' }),
    nothing: main.getByText('No entry fits'),
    entries,
    entry: (text: string): Locator => entries.filter({ hasText: text }).getByRole('button'),
    detail: main.getByRole('region', { name: 'Entry', exact: true }),
    exportButton: filters.getByRole('button', { name: 'Export', exact: true }),
    exportDialog,
    makeExport: exportDialog.getByRole('button', { name: 'Make the export' }),
    writeExport: exportDialog.getByRole('button', { name: 'Write to a folder' }),
    linkedTo: (condition: RegExp): Locator => filters.getByRole('button', { name: condition }),
    exportedFiles: exportDialog.getByRole('list', { name: 'Exported files' }).getByRole('listitem'),
    /** The count as the screen states it: entries that fit, once it is so many. */
    expectFound: (found: number): Promise<void> =>
      expect(count).toHaveText(new RegExp(`^${found.toLocaleString('en')} entr(?:y|ies) \\(`)),
    count,
  };
};

/** What every screen shows of a store that is not the newest this computer knows of. */
export const rollbackBanner = (page: Page) => {
  const alert = page.getByRole('main').getByRole('alert').filter({ hasText: 'a supervisor has decided' });
  const dialog = page.getByRole('dialog', { name: 'Go on with this store?' });
  return {
    alert,
    lookAtLog: alert.getByRole('link', { name: 'Look at the log' }),
    decide: alert.getByRole('button', { name: 'Decide' }),
    reason: dialog.getByRole('textbox', { name: 'Reason' }),
    accept: dialog.getByRole('button', { name: 'Go on with this store' }),
  };
};
