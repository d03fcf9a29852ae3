// What opens over the areas is as accessible as they are, and keeps the keyboard inside until it is closed.
import type { Page } from '@playwright/test';

import { expect, test, Workmate } from './app';
import { violations } from './axe';

/** Walks by Tab and says whether the focus ever leaves what is open. */
async function staysIn(page: Page, selector: string): Promise<boolean> {
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press('Tab');
    if (!(await page.evaluate((selector) => document.activeElement?.closest(selector) !== null, selector)))
      return false;
  }
  return true;
}

for (const theme of ['light', 'dark'] as const)
  test(`axe finds nothing in what opens over an area, and Tab stays in it, ${theme}`, async ({ page, workmate }) => {
    workmate.call('settings.change', { key: 'language', value: 'en' });
    workmate.call('settings.change', { key: 'theme', value: theme });
    const [task] = workmate.call('tasks.list', {}).items;
    await workmate.open(page, `tasks/${task?.id}`);
    const opened: Record<string, () => Promise<void>> = {
      palette: () => page.keyboard.press('Control+k'),
      'list of keys': () => page.keyboard.press('?'),
      'new task': () => page.keyboard.press('q'),
      'edit a task': async () => {
        await page.getByText('Details').first().click();
        await page
          .getByRole('button', { name: /^Edit: / })
          .first()
          .click();
      },
      'another day': async () => {
        await page.getByRole('button', { name: 'Later' }).first().click();
        await page.getByRole('menuitem', { name: 'Another day…' }).click();
      },
    };
    for (const [name, open] of Object.entries(opened)) {
      await open();
      await page.getByRole('dialog').waitFor();
      expect(await violations(page), name).toEqual([]);
      expect(await staysIn(page, '[role=dialog]'), name).toBe(true);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
    await page.getByRole('button', { name: 'Later' }).first().click();
    await page.getByRole('menu').waitFor();
    expect(await violations(page), 'menu').toEqual([]);
  });

test('axe finds nothing at the first start, nor while a message offers to undo', async ({ page, workmate }) => {
  const empty = new Workmate();
  try {
    await empty.serve();
    empty.call('settings.change', { key: 'language', value: 'en' });
    await empty.open(page);
    await page.getByRole('heading', { name: 'Let’s begin with one letter.' }).waitFor();
    expect(await violations(page)).toEqual([]);
  } finally {
    await empty.end();
  }
  workmate.call('settings.change', { key: 'language', value: 'en' });
  await workmate.open(page, 'tasks');
  const bill = page.getByRole('listitem').filter({ hasText: 'Jahresrechnung Strom' });
  await bill.getByRole('button', { name: /^Done: / }).click();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Undone', { exact: false })).toBeVisible();
});

test('the settings of every subject break no rule of accessibility', async ({ page, workmate }) => {
  for (const subject of ['reminders', 'post', 'look', 'state', 'privacy', 'about']) {
    await workmate.open(page, `settings/${subject}`);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    expect(await violations(page), subject).toEqual([]);
  }
});
