import { expect, type Page } from '@playwright/test';
import { auditPage } from './pages/audit-page.ts';
import { cataloguePage } from './pages/catalogue-page.ts';
import { compliancePage } from './pages/compliance-page.ts';
import { coveragePage } from './pages/coverage-page.ts';
import { custodyPage } from './pages/custody-page.ts';
import { duplicatesPage } from './pages/duplicates-page.ts';
import { findingsPage } from './pages/findings-page.ts';
import { flowsPage } from './pages/flows-page.ts';
import { partiesPage } from './pages/parties-page.ts';
import { peoplePage } from './pages/people-page.ts';
import { qualityPage } from './pages/quality-page.ts';
import { reconciliationPage } from './pages/reconciliation-page.ts';
import { riskPage } from './pages/risk-page.ts';
import { securityPage } from './pages/security-page.ts';
import { shell } from './pages/shell.ts';
import { type StandardizationTab, standardizationPage } from './pages/standardization-page.ts';
import { typologiesPage } from './pages/typologies-page.ts';

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
      await expect(page.getByRole('main').getByRole('table').first()).toBeVisible();
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
    name: 'flows',
    open: async page => {
      const flows = flowsPage(page);
      await shell(page).go('Money flow');
      await expect(flows.hits.first()).toBeVisible();
      await flows.hits.first().click();
      await expect(flows.nodes.first()).toBeVisible();
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
    name: 'tests',
    open: async page => {
      await shell(page).go('Tests');
      await cataloguePage(page).choose('First digit (Benford)');
      await expect(cataloguePage(page).chart).toBeVisible();
    },
  },
  {
    name: 'test-settings',
    open: async page => {
      await shell(page).go('Tests');
      await cataloguePage(page).tab('Settings of the case').click();
      await expect(cataloguePage(page).saveSettings).toBeVisible();
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
      await findingsPage(page).chooseTest('benford-first-two');
      await expect(findingsPage(page).chart).toBeVisible();
      await expect(
        page.getByRole('region', { name: 'Rows of the finding' }).getByRole('gridcell').first(),
      ).toBeVisible();
    },
  },
  {
    name: 'risk',
    open: async page => {
      await shell(page).go('Risk scores');
      await expect(riskPage(page).addends).toBeVisible();
    },
  },
  {
    name: 'typologies',
    open: async page => {
      await shell(page).go('Typologies');
      await expect(typologiesPage(page).detail.getByRole('heading', { level: 2 })).toBeVisible();
    },
  },
  {
    name: 'reconciliation',
    open: async page => {
      await shell(page).go('Reconciliation');
      await reconciliationPage(page).tab('Matches').click();
      await expect(reconciliationPage(page).why).toBeVisible();
    },
  },
  {
    name: 'reconciliation-open-rows',
    open: async page => {
      await shell(page).go('Reconciliation');
      await reconciliationPage(page).tab('Open rows').click();
      await reconciliationPage(page).openRows('B').first().click();
      await expect(reconciliationPage(page).candidates).toBeVisible();
    },
  },
  {
    name: 'reconciliation-proof',
    open: async page => {
      await shell(page).go('Reconciliation');
      await reconciliationPage(page).tab('Proof').click();
      await expect(reconciliationPage(page).cash).toBeVisible();
    },
  },
  {
    name: 'reconciliation-locks',
    open: async page => {
      await shell(page).go('Reconciliation');
      await reconciliationPage(page).tab('Locks and rates').click();
      await expect(reconciliationPage(page).rates).toBeVisible();
    },
  },
  {
    name: 'reconciliation-history',
    open: async page => {
      await shell(page).go('Reconciliation');
      await reconciliationPage(page).tab('History').click();
      await expect(page.getByText('No decisions yet').or(reconciliationPage(page).history.first())).toBeVisible();
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
      await expect(auditPage(page).detail).toBeVisible();
    },
  },
  {
    name: 'workspace-audit',
    open: async page => {
      await shell(page).go('Workspace audit log');
      await expect(auditPage(page).detail).toBeVisible();
    },
  },
  {
    name: 'custody',
    open: async page => {
      await shell(page).go('Custody');
      await expect(custodyPage(page).events.first()).toBeVisible();
    },
  },
  {
    name: 'compliance',
    open: async page => {
      await shell(page).go('Compliance');
      await expect(compliancePage(page).people).toBeVisible();
    },
  },
  { name: 'preferences', open: async page => shell(page).go('Preferences') },
  { name: 'pov', open: async page => shell(page).openAccountMenu('Point of view') },
  { name: 'security', open: async page => securityPage(page).open() },
  { name: 'linked-accounts', open: async page => shell(page).openAccountMenu('Linked accounts') },
  {
    name: 'people',
    open: async page => {
      await shell(page).go('People');
      await expect(peoplePage(page).accounts.getByRole('row').nth(1)).toBeVisible();
    },
  },
  { name: 'alerts', open: async page => shell(page).go('Alerts') },
];

/** Builds the sample's report where there is none yet. */
export const ensureReport = async (page: Page): Promise<void> => {
  await shell(page).go('Report');
  const frame = page.locator('iframe');
  await expect(frame.or(page.getByText('No report yet'))).toBeVisible();
  if (!(await frame.isVisible())) await page.getByRole('button', { name: 'Build report' }).first().click();
  await expect(frame).toBeVisible();
};
