// The first start: an empty profile, no forms, three ways to begin.
import { expect, test, Workmate } from './app';

test('an empty profile offers three ways to begin, and the sample letters become tasks', async ({ page }) => {
  test.setTimeout(90_000);
  const workmate = new Workmate();
  try {
    await workmate.serve();
    workmate.call('settings.change', { key: 'language', value: 'en' });
    await workmate.open(page);
    await expect(page.getByRole('heading', { name: 'Let’s begin with one letter.' })).toBeVisible();
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/first-light-en-1280.png` });
    await page.getByRole('button', { name: 'Try the sample letters' }).click();
    await expect(page.getByText('8 documents are being read.')).toBeVisible();
    // None of the samples is due within a week.
    const after = page.getByRole('region', { name: 'After that' });
    await expect(after.getByRole('listitem').first()).toBeVisible({ timeout: 60_000 });
    await expect.poll(() => workmate.call('documents.list', {}).total, { timeout: 60_000 }).toBe(8);
  } finally {
    await workmate.end();
  }
});
