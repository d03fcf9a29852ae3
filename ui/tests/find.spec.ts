// A letter is found by a word, its place on the page is shown, and it is sorted where it belongs.
import { expect, test } from './app';

test('a click on a result leads to the words on the page', async ({ page, workmate }) => {
  workmate.call('settings.change', { key: 'language', value: 'en' });
  await workmate.open(page, 'search');
  const box = page.getByRole('searchbox');
  await box.fill('kind:dunning gebuhr');
  const hit = page.locator('[data-hit]').first();
  await expect(hit.locator('mark').first()).toBeVisible();
  await expect(page.getByRole('list', { name: 'Conditions' })).toContainText('kind:dunning');
  await hit.click();
  const frame = page.locator('rect.hit').first();
  await frame.waitFor();
  // What is framed is the word: its place is that of the word in the reading.
  const id = await hit.getAttribute('data-hit');
  const [place] = workmate.call('search.hits', { id: id ?? '', query: 'kind:dunning gebuhr' });
  const words = workmate.call('documents.words', { id: id ?? '', page: place?.page ?? 1 });
  const framed = words.filter(({ rect }) => place?.rects.some(({ x, y }) => x === rect.x && y === rect.y));
  expect(framed.map(({ text }) => text).join(' ')).toMatch(/Mahngebühr/);
  const [paper, shown] = [await page.locator('img[alt*="Page"]').boundingBox(), await frame.boundingBox()];
  const [rect] = place?.rects ?? [];
  expect(((shown?.x ?? 0) - (paper?.x ?? 0)) / (paper?.width ?? 1)).toBeCloseTo((rect?.x ?? 0) - 0.004, 1);
  await expect(frame).toBeInViewport();
});

test('a document gets tags and a note, and is found by them', async ({ page, workmate }) => {
  workmate.call('settings.change', { key: 'language', value: 'en' });
  const [first] = workmate.call('documents.list', {}).items;
  await workmate.open(page, `documents/${first?.id}`);
  await page.getByRole('combobox', { name: /Add a tag/ }).fill('Tax/2026');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Take tag Tax/2026 off' })).toBeVisible();
  await page.getByRole('button', { name: 'Write a note' }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('# Meter\n\nin the **cellar**');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Meter' })).toBeVisible();
  await page.getByText('What was done with it').click();
  await expect(page.getByText(/note written/)).toBeVisible();
  expect(workmate.call('search.find', { query: 'tag:tax meter cellar' }).total).toBe(1);
  // The message about the tag offers to undo, too.
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.getByRole('heading', { name: 'Meter' })).toBeHidden();
});

test('views lead to their documents, several are changed at once and back', async ({ page, workmate }) => {
  workmate.call('settings.change', { key: 'language', value: 'en' });
  const all = workmate.call('documents.list', {}).total;
  await workmate.open(page, 'documents');
  const lines = page.locator('[data-place]');
  await expect(lines).toHaveCount(all);
  await page.getByRole('searchbox').fill('kind:dunning');
  await expect(lines).toHaveCount(1);
  await page.getByRole('button', { name: 'Keep as a view' }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Reminders');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Reminders 1' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await expect(lines).toHaveCount(all);
  for (const place of [0, 1]) await page.getByRole('checkbox').nth(place).check();
  await page.getByRole('button', { name: 'Change…' }).click();
  await page.getByRole('combobox', { name: /Add a tag/ }).fill('Home');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('2 documents changed.')).toBeVisible();
  expect(workmate.call('search.find', { query: 'tag:home' }).total).toBe(2);
  const changed = page.getByRole('group', { name: '2 documents changed.' });
  await changed.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => workmate.call('search.find', { query: 'tag:home' }).total).toBe(0);
});
