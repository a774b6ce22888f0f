import { expect, type Page } from '@playwright/test';
import { shell } from './pages/shell.ts';

/** Every screen of a case with what shows that it is complete. */
export const SAMPLE_SCREENS: readonly {
  readonly name: string;
  readonly open: (page: Page) => Promise<void>;
}[] = [
  { name: 'case-list', open: async page => shell(page).go('All cases') },
  {
    name: 'case-home',
    open: async page => {
      await shell(page).go('Overview');
      await expect(page.getByRole('main').getByRole('table')).toBeVisible();
    },
  },
  {
    name: 'source',
    open: async page => {
      await shell(page)
        .treeLink(/^branch-account\.csv/)
        .click();
      await expect(page.getByRole('heading', { name: 'How it was read' })).toBeVisible();
    },
  },
  { name: 'upload', open: async page => shell(page).go('Add files') },
  {
    name: 'records',
    open: async page => {
      await shell(page).go('Transactions');
      await expect(page.getByRole('gridcell', { name: '2025-01-0' }).first()).toBeVisible();
      await expect(page.getByRole('group', { name: 'Direction' })).toBeVisible();
    },
  },
  {
    name: 'rejected',
    open: async page => {
      await shell(page).go('Rejected records');
      await expect(page.getByText('rejected records of branch-account.csv')).toBeVisible();
    },
  },
  {
    name: 'findings',
    open: async page => {
      await shell(page).go('Findings');
      await expect(page.getByRole('region', { name: 'Evidence' }).getByRole('heading', { level: 2 })).toBeVisible();
      await expect(
        page.getByRole('region', { name: 'Rows of the finding' }).getByRole('gridcell').first(),
      ).toBeVisible();
    },
  },
  {
    name: 'benford',
    open: async page => {
      await shell(page).go('Findings');
      await page.getByRole('combobox', { name: 'Test' }).selectOption('benford-first-two');
      await expect(page.getByRole('img', { name: /^Bar chart/ })).toBeVisible();
      await expect(
        page.getByRole('region', { name: 'Rows of the finding' }).getByRole('gridcell').first(),
      ).toBeVisible();
    },
  },
  {
    name: 'reconciliation',
    open: async page => {
      await shell(page).go('Reconciliation');
      await expect(page.getByRole('tabpanel').getByRole('table')).toBeVisible();
    },
  },
  {
    name: 'duplicates',
    open: async page => {
      await shell(page).go('Near duplicates');
      await expect(page.getByRole('table')).toBeVisible();
    },
  },
  {
    name: 'quality',
    open: async page => {
      await shell(page).go('Data quality');
      await expect(page.getByRole('table', { name: 'Rules' })).toBeVisible();
    },
  },
  {
    name: 'report',
    open: async page => {
      await shell(page).go('Report');
      await expect(page.locator('iframe').contentFrame().getByRole('heading').first()).toBeVisible();
    },
  },
  {
    name: 'audit',
    open: async page => {
      await shell(page).go('Audit log');
      await expect(page.getByRole('table')).toBeVisible();
    },
  },
  { name: 'preferences', open: async page => shell(page).go('Preferences') },
];

/** Builds the sample's report where there is none yet. */
export const ensureReport = async (page: Page): Promise<void> => {
  await shell(page).go('Report');
  const frame = page.locator('iframe');
  await expect(frame.or(page.getByText('No report yet'))).toBeVisible();
  if (!(await frame.isVisible())) await page.getByRole('button', { name: 'Build report' }).first().click();
  await expect(frame).toBeVisible({ timeout: 30_000 });
};
