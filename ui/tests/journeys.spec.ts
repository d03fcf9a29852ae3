// What a person does, by keyboard alone.
import { expect, test } from './app';

test.beforeEach(({ workmate }) => {
  workmate.call('settings.change', { key: 'language', value: 'en' });
  workmate.call('settings.change', { key: 'theme', value: 'light' });
});

test('the digits lead to the areas, and what opens has the focus', async ({ page, workmate }) => {
  await workmate.open(page);
  for (const [key, area] of [
    ['2', 'review'],
    ['3', 'documents'],
    ['5', 'calendar'],
    ['6', 'cases'],
    ['7', 'correspondents'],
    ['8', 'contracts'],
    ['1', 'today'],
  ] as const) {
    await page.keyboard.press(`Control+${key}`);
    await page.locator(`[data-area="${area}"]`).waitFor();
    await expect(page.getByRole('main')).toBeFocused();
  }
});

test('the palette finds a command by its words and a document by its sender', async ({ page, workmate }) => {
  await workmate.open(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('Farbwerk');
  // Its task stands before it.
  await page
    .getByRole('group', { name: 'Documents' })
    .getByRole('option', { name: /Farbwerk/ })
    .waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /Farbwerk/ })).toBeVisible();
});

test('the palette shows headings only above what it finds', async ({ page, workmate }) => {
  await workmate.open(page, 'documents');
  await page.locator('[data-place]').first().waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('Farbwerk');
  await page
    .getByRole('group', { name: 'Documents' })
    .getByRole('option', { name: /Farbwerk/ })
    .waitFor();
  await expect(page.locator('[data-command-group-heading]:visible')).toHaveText(['Tasks', 'Documents']);
});

test('the list of keys names every key and closes again', async ({ page, workmate }) => {
  await workmate.open(page);
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await expect(dialog.getByText('Accept, and on to the next')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('the zoom is kept when the window is opened again', async ({ page, workmate }) => {
  await workmate.open(page);
  const size = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
  const usual = await size();
  await page.keyboard.press('Control++');
  expect(parseFloat(await size())).toBeGreaterThan(parseFloat(usual));
  const larger = await size();
  await page.reload();
  await expect.poll(size).toBe(larger);
  await page.getByRole('navigation').waitFor();
  await page.keyboard.press('Control+0');
  await expect.poll(size).toBe(usual);
});

test('documents: walk, look, select, throw away and take back', async ({ page, workmate }) => {
  await workmate.open(page, 'documents');
  const links = page.locator('[data-place]');
  await links.first().waitFor();
  const count = await links.count();
  await page.keyboard.press('j');
  await expect(page.locator('[data-place="1"]')).toBeFocused();
  const title = (await page.locator('[data-place="1"] span span').first().innerText()).trim();
  await page.keyboard.press('x');
  await expect(page.getByText('1 selected')).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(page.getByText('One document is in the trash.')).toBeVisible();
  await expect(links).toHaveCount(count - 1);
  await page.keyboard.press('Control+z');
  await expect(links).toHaveCount(count);
  await expect(page.locator('[data-place="1"]')).toContainText(title);
});

test('a document can be looked at without leaving the list, and the list stays where it was', async ({
  page,
  workmate,
}) => {
  await workmate.open(page, 'documents');
  await page.locator('[data-place]').first().waitFor();
  await page.keyboard.press('j');
  await page.locator('[data-place="1"]:focus').waitFor();
  await page.keyboard.press('Space');
  await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('dialog')).toBeHidden();
  // Back from a document one goes on at its line.
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Correct', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[data-place="1"]:focus').waitFor();
  await page.keyboard.press('v');
  await expect(page.getByRole('button', { name: 'Show as a list' })).toBeVisible();
  await page.keyboard.press('v');
});

test('review: E corrects, Enter accepts, and a turned page keeps its boxes in place', async ({ page, workmate }) => {
  await workmate.open(page, 'review');
  const box = page.locator('rect[data-field="amount_due"]');
  await box.waitFor();
  const before = await box.boundingBox();
  await page.keyboard.press('r');
  await expect.poll(async () => (await box.boundingBox())?.x).not.toBe(before?.x);
  // A quarter to the right: what was wide is high.
  const turned = await box.boundingBox();
  expect(turned && turned.height > turned.width).toBe(true);
  for (let times = 0; times < 3; times++) await page.keyboard.press('r');
  await page.keyboard.press('e');
  await expect(page.getByRole('textbox', { name: /^Value of/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(page.getByText('All checked.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await box.waitFor();
});

test('by Tab one comes from the beginning through the areas to the content, and sees where one is', async ({
  page,
  workmate,
}) => {
  await workmate.open(page);
  const names: string[] = [];
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press('Tab');
    const [name, outline] = await page.evaluate(() => {
      const active = document.activeElement as HTMLElement;
      return [active.innerText.trim() || active.getAttribute('aria-label'), getComputedStyle(active).outlineStyle];
    });
    expect(outline, name ?? '').not.toBe('none');
    names.push(name ?? '');
  }
  expect(names[0]).toBe('Skip to content');
  expect(names.slice(2, 12).map((name) => name.split('\n')[0])).toEqual([
    'Today',
    'Review',
    'Documents',
    'Search',
    'Tasks',
    'Calendar',
    'Cases',
    'Senders',
    'Contracts',
    'Settings',
  ]);
});
