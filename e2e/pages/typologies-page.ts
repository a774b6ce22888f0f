import type { Page } from '@playwright/test';

export const typologiesPage = (page: Page) => {
  const main = page.getByRole('main');
  const list = main.getByRole('list', { name: 'Typologies of the case' });
  const detail = main.getByRole('region', { name: 'Chosen typology' });
  const editor = main.getByRole('region', { name: 'Typology form' });
  return {
    tab: (name: 'Patterns' | 'Back-test' | 'Calibration') => main.getByRole('tab', { name }),
    typology: (name: string) => list.getByRole('button', { name: new RegExp(`^${name}`) }),
    detail,
    hitRows: detail.getByRole('link', { name: /rows of .* that count$/ }),
    version: detail.getByRole('combobox', { name: 'Version' }),
    editButton: detail.getByRole('button', { name: 'Write a new version' }),
    newButton: main.getByRole('button', { name: 'New typology' }),
    editor,
    name: editor.getByRole('textbox', { name: 'Name' }),
    what: editor.getByRole('textbox', { name: 'What the pattern is' }),
    testChoice: (at: number) => editor.getByRole('combobox', { name: 'Test' }).nth(at),
    addTest: editor.getByRole('button', { name: 'Add test' }),
    live: editor.getByRole('status'),
    save: editor.getByRole('button', { name: /^Save/ }),
    /** Of the back-test. */
    first: main.getByRole('combobox', { name: 'Typology A' }),
    second: main.getByRole('combobox', { name: 'Typology B' }),
    decisions: main.getByRole('table', { name: 'Against decisions' }),
    overlap: main.getByRole('table', { name: 'What the two have in common' }),
    months: main.getByRole('table', { name: 'By month' }),
    /** Of the calibration. */
    motifs: main.getByRole('textbox', { name: 'Motifs a test' }),
    calibrate: main.getByRole('button', { name: /^Calibrate/ }),
    calibrated: main.getByRole('table', { name: 'Recall and alarm rate of each test' }),
    notCalibrated: main.getByRole('table', { name: 'Tests that are not calibrated' }),
  };
};
