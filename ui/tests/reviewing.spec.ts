// A pile of letters is reviewed by keyboard alone; pages are arranged by keyboard alone.
import type { Page } from '@playwright/test';

import { expect, test, Workmate } from './app';
import { violations } from './axe';

const LETTERS = 12;

/** Every other one a bill that does not say its amount, the others letters of an authority that always ask. */
const letter = (number: number): string =>
  number % 2
    ? `Gartenbau Immergrün ${number}
Am Hang 3
12345 Eichenbruck

Frau Mara Winter
Ahornweg 7
12345 Eichenbruck

12. November 2026

Rechnung 2026-11${number}

Liebe Frau Winter,
für das Schneiden der Hecke berechne ich den vereinbarten Preis, mit Abfuhr.
Bitte zahlen Sie bis zum 4. Dezember 2026.
`
    : `Stadt Eichenbruck - Ordnungsamt
Rathausplatz 1, 12345 Eichenbruck

Mara Winter

17.11.2026
Anhörung im Bußgeldverfahren
Aktenzeichen 47${number}-26
Verwarnungsgeld 2${number},00 EUR, zahlbar bis 01.12.2026.
`;

async function withWorkmate(page: Page, work: (workmate: Workmate) => Promise<void>) {
  const workmate = new Workmate();
  try {
    const names = Array.from({ length: LETTERS }, (_, number) => `letter ${number}`);
    workmate.importTexts(Object.fromEntries(names.map((name, number) => [name, letter(number)])));
    workmate.call('settings.change', { key: 'language', value: 'en' });
    await workmate.serve();
    await workmate.open(page, 'review');
    await work(workmate);
  } finally {
    await workmate.end();
  }
}

test('a pile of letters is reviewed by keyboard alone: one key for a clear one, a few for a question', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await withWorkmate(page, async (workmate) => {
    const list = page.getByRole('listbox', { name: 'Documents to review' });
    await expect(list.getByRole('option')).toHaveCount(LETTERS);
    let presses = 0;
    const press = async (keys: string) => ((presses += 1), await page.keyboard.press(keys));
    for (let left = LETTERS; left > 0; left--) {
      const missing = page.locator('[data-fact="amount_due"]').getByText('not found');
      await page.locator('[data-fact]').first().waitFor();
      // The letter before may still be on its way: the list knows of it by an event, sooner than the answer comes.
      await expect(page.getByRole('button', { name: 'Accept', exact: true })).toBeEnabled();
      if (await missing.isVisible()) {
        // The sender was read rightly, the amount is typed.
        await page.locator('[data-fact="amount_due"]').focus();
        await press('e');
        const field = page.getByRole('textbox', { name: /^Value of/ });
        await expect(field).toBeFocused();
        await field.pressSequentially('120,00');
        await press('Enter');
        await expect(field).toBeHidden();
      }
      await press('Enter');
      if (left > 1) await expect(list.getByRole('option')).toHaveCount(left - 1);
    }
    await expect(page.getByText('All checked.')).toBeVisible();
    // Three presses for each question, one for each letter.
    expect(presses).toBeLessThanOrEqual(3 * LETTERS);
    const paid = workmate.call('tasks.list', {}).items.filter((task) => task.amount?.amount === '120.00');
    expect(paid).toHaveLength(LETTERS / 2);
  });
});

test('pages are put together, turned, moved, divided and taken back by keyboard alone', async ({ page, workmate }) => {
  workmate.call('settings.change', { key: 'language', value: 'en' });
  const total = workmate.call('documents.list', {}).total;
  const [bill] = workmate.call('documents.list', { query: 'Telefon' }).items;
  if (!bill) throw new Error('the telephone bill is among the samples');
  const pages = () => workmate.call('documents.get', { id: bill.id }).pages.length;
  await workmate.open(page, `documents/${bill.id}`);

  await page.getByRole('img').first().waitFor();
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Arrange pages' });
  await expect(dialog.getByRole('option', { name: 'Page 1', exact: true })).toBeFocused();
  expect(await violations(page)).toEqual([]);
  await dialog
    .getByRole('combobox')
    .selectOption({ label: workmate.call('documents.list', { query: 'Farbwerk' }).items[0]?.title ?? '' });
  await expect(dialog.getByRole('option', { name: 'Page 2', exact: true })).toBeFocused();
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/arrange-light-en-1280.png` });
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Page 2' })).toBeVisible();
  expect([pages(), workmate.call('documents.list', {}).total]).toEqual([2, total - 1]);

  // Divided again, the other way round, and one page turned.
  await page.keyboard.press('a');
  await expect(dialog.getByRole('option', { name: 'Page 1', exact: true })).toBeFocused();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('s');
  await page.keyboard.press('r');
  await expect(dialog.getByRole('option', { name: 'Page 2, begins a new document, turned by 90°' })).toBeFocused();
  await expect(dialog.getByText('It becomes 2 documents.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  expect([pages(), workmate.call('documents.list', {}).total]).toEqual([1, total]);

  const undone = page.getByRole('region', { name: 'Messages' }).getByText(/^Undone: /);
  await page.keyboard.press('Control+z');
  // Page 2 of before the division may still be drawn; while one step is taken back, another one is not begun.
  await expect(undone).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Page 2' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(undone).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Page 2' })).toBeHidden();
  expect([pages(), workmate.call('documents.list', {}).total]).toEqual([1, total]);
});

test('nothing is saved when the dialog is closed, and the last page cannot be left out', async ({ page, workmate }) => {
  workmate.call('settings.change', { key: 'language', value: 'en' });
  const [bill] = workmate.call('documents.list', { query: 'Telefon' }).items;
  await workmate.open(page, `documents/${bill?.id}`);
  await page.getByRole('img').first().waitFor();
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Arrange pages' });
  await dialog.getByRole('option').first().focus();
  await page.keyboard.press('Delete');
  await expect(dialog.getByText('One page has to stay.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Arrange like this' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(workmate.call('documents.get', { id: bill?.id ?? '' }).pages).toHaveLength(1);
});
