// On paper stands what is to be done, and nothing that is there to be pressed.
import { expect, test } from './app';

test('the list of tasks can be printed with titles and days, without buttons', async ({ page, workmate }) => {
  workmate.call('settings.change', { key: 'language', value: 'en' });
  await workmate.open(page, 'tasks');
  await page.getByText('Farbwerk Lindner').first().waitFor();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('Farbwerk Lindner').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Done: / })).toHaveCount(0);
  await expect(page.getByRole('navigation', { name: 'Areas' })).toBeHidden();
  // More than fits into the window goes on, on the next sheet.
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.length).toBeGreaterThan(5_000);
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/print.png`, fullPage: true });
});

test('pressing the key asks the system to print', async ({ page, workmate }) => {
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', 'yes');
  });
  await workmate.open(page, 'tasks');
  await page.keyboard.press('Control+p');
  await expect(page.locator('html')).toHaveAttribute('data-printed', 'yes');
});

test('of a document its pages are printed, and not the window around them', async ({ page, workmate }) => {
  const [bill] = workmate.call('documents.list', { query: 'Telefon' }).items;
  // While the system prints, the window waits: so there is time to look.
  await page.addInitScript(() => {
    window.print = () => {
      document.documentElement.setAttribute('data-printed', document.body.querySelector('.printed')?.innerHTML ?? '');
    };
  });
  await workmate.open(page, `documents/${bill?.id}`);
  await page.getByRole('img').first().waitFor();
  await page.keyboard.press('Control+p');
  await expect(page.locator('html')).toHaveAttribute('data-printed', /<img[^>]+w=1500/);
  await expect(page.locator('.printed'), 'gone when it is done').toHaveCount(0);
});
