import { expect, type Locator, type Page } from '@playwright/test';

export type StandardizationTab = 'Values' | 'Categories' | 'Rules' | 'History';

/** The pipeline with its four tabs. */
export const standardizationPage = (page: Page) => {
  const main = page.getByRole('main');
  const tab = (name: StandardizationTab): Locator => main.getByRole('tab', { name });
  const pipeline = main.getByRole('region', { name: 'Stages of the pipeline' });
  const firstRun = main.getByRole('button', { name: 'Run the pipeline' });
  const again = main.getByRole('button', { name: 'Run again' });
  const bodyRows = (table: string): Locator => main.getByRole('table', { name: table }).locator('tbody tr');
  const review = main.getByRole('region', { name: 'Categories to review' });
  const rules = bodyRows('Rules');
  const editor = main.locator('form').filter({ has: page.getByRole('textbox', { name: 'Name' }) });
  const steps = bodyRows('Steps, newest first');
  const dialog = page.getByRole('dialog', { name: /^(Undo|Back to) step/ });
  return {
    pipeline,
    firstRun,
    again,
    stale: main.getByText('Records or steps have changed since this run.'),
    stage: (name: string): Locator =>
      pipeline.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) }),
    /** Every number of the pipeline that opens rows. */
    figures: pipeline.getByRole('link', { name: /^[\d,]+ (?!of )/ }),
    tab,
    goTo: async (name: StandardizationTab): Promise<void> => {
      await tab(name).click();
      await expect(tab(name)).toHaveAttribute('aria-selected', 'true');
    },
    /** Runs the pipeline and waits until its figures are there. */
    run: async (): Promise<void> => {
      await firstRun.or(again).click();
      await expect(pipeline).toBeVisible();
      await expect(main.getByText('Records or steps have changed since this run.')).toHaveCount(0);
    },
    field: async (name: string): Promise<void> => {
      await main.getByRole('radiogroup', { name: 'Field' }).getByText(name, { exact: true }).click();
    },
    kind: main.getByRole('combobox', { name: 'Values shown' }),
    values: main.getByRole('table', { name: /: values before and after$/ }).locator('tbody tr'),
    review,
    parties: review.getByRole('list', { name: 'Categories to review' }).getByRole('button'),
    currentParty: review.locator('[aria-current="true"]'),
    suggestion: review.getByRole('article'),
    category: review.getByRole('combobox', { name: 'Another category…' }),
    categories: bodyRows('Rows by category and origin'),
    newRule: main.getByRole('link', { name: 'New rule' }),
    template: (name: RegExp): Locator =>
      main.getByRole('list', { name: 'Rules to start from' }).getByRole('link', { name }),
    rules,
    rule: (name: string): Locator => rules.filter({ has: page.getByRole('link', { name, exact: true }) }),
    conflicts: main.getByRole('listitem').filter({ hasText: /decides the .* before/ }),
    editor,
    ruleName: editor.getByRole('textbox', { name: 'Name' }),
    conditionField: editor.getByRole('combobox', { name: 'Field' }),
    comparison: editor.getByRole('combobox', { name: 'Comparison' }),
    conditionValue: editor.getByLabel('Value', { exact: true }),
    actionValue: (number: number): Locator => editor.getByLabel(`Value of action ${number}`),
    trial: editor.getByRole('region', { name: 'What it would do' }),
    versions: editor.getByRole('region', { name: 'Versions' }),
    problems: editor.getByRole('alert'),
    missing: editor.getByRole('list', { name: 'What is missing' }),
    saveRule: editor.getByRole('button', { name: /^Save/ }),
    allRules: editor.getByRole('link', { name: 'All rules' }),
    exportRules: main.getByRole('button', { name: 'Export rules' }),
    importRules: main.getByRole('button', { name: 'Import rules' }),
    steps,
    step: (title: string): Locator => steps.filter({ hasText: title }),
    warning: dialog,
    confirmUndo: dialog.getByRole('button', { name: /^Undo/ }),
    exportRecipe: main.getByRole('button', { name: 'Export the recipe' }),
    applyRecipe: main.getByRole('button', { name: 'Apply a recipe' }),
    /** The note of a step just taken. */
    note: (text: string | RegExp): Locator => page.getByRole('alert').filter({ hasText: text }),
  };
};
