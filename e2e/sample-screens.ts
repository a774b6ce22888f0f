import { expect, type Page } from '@playwright/test';
import { coveragePage } from './pages/coverage-page.ts';
import { duplicatesPage } from './pages/duplicates-page.ts';
import { partiesPage } from './pages/parties-page.ts';
import { qualityPage } from './pages/quality-page.ts';
import { shell } from './pages/shell.ts';
import { type StandardizationTab, standardizationPage } from './pages/standardization-page.ts';

/** A tab of the standardization of the sample, which runs through the pipeline where it has not yet. */
const openStandardization = async (page: Page, tab: StandardizationTab): Promise<void> => {
  const screen = standardizationPage(page);
  await shell(page).go('Standardization');
  await expect(screen.firstRun.or(screen.again)).toBeVisible();
  if (await screen.firstRun.isVisible()) await screen.run();
  await expect(screen.pipeline).toBeVisible();
  await screen.goTo(tab);
};

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
    name: 'standardization-values',
    open: async page => {
      await openStandardization(page, 'Values');
      await expect(standardizationPage(page).values.first()).toBeVisible();
    },
  },
  {
    name: 'standardization-categories',
    open: async page => {
      await openStandardization(page, 'Categories');
      await expect(standardizationPage(page).categories.first()).toBeVisible();
      await expect(standardizationPage(page).suggestion.getByRole('gridcell').first()).toBeVisible();
    },
  },
  {
    name: 'standardization-rules',
    open: async page => {
      await openStandardization(page, 'Rules');
      await expect(standardizationPage(page).newRule).toBeVisible();
    },
  },
  {
    name: 'standardization-history',
    open: async page => {
      await openStandardization(page, 'History');
      await expect(standardizationPage(page).exportRecipe).toBeVisible();
    },
  },
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
      await shell(page).go('Duplicates');
      await expect(duplicatesPage(page).compared).toBeVisible();
    },
  },
  {
    name: 'coverage',
    open: async page => {
      await shell(page).go('Coverage');
      await expect(coveragePage(page).detail).toBeVisible();
    },
  },
  {
    name: 'parties',
    open: async page => {
      await shell(page).go('Parties');
      await partiesPage(page).tab('All parties').click();
      await expect(partiesPage(page).members).toBeVisible();
    },
  },
  {
    name: 'quality',
    open: async page => {
      await shell(page).go('Data quality');
      await expect(page.getByRole('table', { name: 'Rules' })).toBeVisible();
      await expect(qualityPage(page).fields).toBeVisible();
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
