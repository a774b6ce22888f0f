import { expect, type Page } from '@playwright/test';
import { firstNumber } from './numbers.ts';

const numberOf = async (page: Page, text: RegExp): Promise<number> => {
  const place = page.getByRole('main').getByText(text).first();
  await expect(place).toBeVisible();
  return firstNumber((await place.textContent()) ?? '');
};

/** How many rows the screen says it shows: the number that a link's count must equal. */
export const rowsShown = async (page: Page): Promise<number> => {
  const { hash } = new URL(page.url());
  if (/\/records(\?|$)/.test(hash)) return numberOf(page, /^[\d,]+ matching rows? \(/);
  if (/\/findings(\?|$)/.test(hash)) return numberOf(page, /^[\d,]+ matching findings? \(/);
  if (/\/duplicates(\?|$)/.test(hash)) return numberOf(page, /^[\d,]+ pairs?$/);
  if (/\/rejected(\?|$)/.test(hash)) {
    const captions = page.getByRole('main').getByText(/^[\d,]+ rejected records? of /);
    await expect(captions.first()).toBeVisible();
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    const counts = await captions.allTextContents();
    return counts.reduce((sum, text) => sum + firstNumber(text), 0);
  }
  if (/\/reconciliation$/.test(hash)) {
    const open = async (side: 'A' | 'B'): Promise<number> => {
      const figure = page
        .getByRole('main')
        .locator('dl > div', { has: page.getByText(`Open on side ${side}`, { exact: true }) })
        .locator('dd');
      await expect(figure).toBeVisible();
      return firstNumber((await figure.textContent()) ?? '');
    };
    return (await open('A')) + (await open('B'));
  }
  if (/\/reconciliation\?/.test(hash)) return numberOf(page, /^[\d,]+ match(es)?$/);
  throw new Error(`No count is known for ${hash}`);
};

/** Fails unless the screen comes to say that it shows this number of rows; `what` names the link that led there. */
export const expectRowsShown = (page: Page, rows: number, what?: string): Promise<void> =>
  expect.poll(() => rowsShown(page), what === undefined ? {} : { message: what }).toBe(rows);
