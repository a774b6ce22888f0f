import { expect, type Page } from '@playwright/test';

export const findingsPage = (page: Page) => {
  const main = page.getByRole('main');
  const list = main.getByRole('list', { name: 'Findings' });
  const evidence = main.getByRole('region', { name: 'Evidence' });
  const current = list.locator('[aria-current="true"]');
  const test = main.getByRole('combobox', { name: 'Test', exact: true });
  /** Waits until what is shown is what the conditions ask for: until then it is the answer of before. */
  const settled = async (): Promise<void> => {
    await expect(list).toBeVisible();
    await expect(main.locator('[aria-busy="true"]')).toHaveCount(0);
  };
  return {
    list,
    items: list.getByRole('button'),
    current,
    settled,
    /** Chooses a test and waits for its findings and the first one's evidence. */
    chooseTest: async (id: string): Promise<void> => {
      await test.selectOption(id);
      await expect(test).toHaveValue(id);
      await settled();
      await expect(current).toContainText(id);
      await expect(evidence).toContainText(`${id}, version`);
    },
    evidence,
    header: main.getByText(/^[\d,]+ matching findings? \([\d,]+ total\)$/),
    reviewed: main.getByText(/^[\d,]+ of [\d,]+ findings? decided$/),
    openRows: evidence.getByRole('link', { name: /^Open (?:all [\d,]+ rows|the row)$/ }),
    rowsGrid: evidence.getByRole('region', { name: 'Rows of the finding' }),
    test,
    state: main.getByRole('combobox', { name: 'Decision', exact: true }),
    review: main.getByRole('combobox', { name: 'Review' }),
    assignee: main.getByRole('combobox', { name: 'Assigned to' }),
    flagged: main.getByRole('checkbox', { name: /^Flagged/ }),
    severity: (name: string) =>
      main.getByRole('group', { name: 'Severity', exact: true }).getByRole('button', { name: new RegExp(`^${name} `) }),
    decision: evidence.getByRole('group', { name: 'Decision' }),
    standing: evidence.getByRole('region', { name: 'Where it stands' }),
    explanations: evidence.getByRole('region', { name: 'Innocent explanations' }),
    history: evidence.getByRole('region', { name: 'What was done' }),
    /** Any of the small dialogs that ask for words. */
    dialog: page.getByRole('dialog'),
    reasonDialog: page.getByRole('dialog', { name: /Why is this finding cleared|Clear [\d,]+ findings/ }),
    answer: page.getByRole('dialog').getByRole('textbox').last(),
    clearThese: main.getByRole('button', { name: /^Clear (?:these|this) [\d,]+$/ }),
    exportRegister: main.getByRole('button', { name: 'Export register' }),
    toast: (title: string | RegExp) => page.getByRole('alert').filter({ hasText: title }),
    chart: evidence.getByRole('img', { name: /^Bar chart/ }),
    chartTable: evidence.getByRole('table', { name: 'Observed and expected counts' }),
    readOnly: evidence.getByText('Your role reads findings; it does not decide them.'),
  };
};
