// What a person does with tasks and contracts, in the areas that show them.
import { readFileSync } from 'node:fs';

import { expect, test } from './app';

test.beforeEach(({ workmate }) => {
  workmate.call('settings.change', { key: 'language', value: 'en' });
});

test('an appointment goes into the calendar as a file', async ({ page, workmate }) => {
  const appointment = workmate.call('tasks.list', {}).find(({ kind }) => kind === 'attend');
  await workmate.open(page, `tasks/${appointment?.id}`);
  await page.getByText('Details').first().waitFor();
  const row = page.getByRole('listitem').filter({ hasText: appointment?.title ?? '' });
  await row.getByText('Details').click();
  const file = page.waitForEvent('download');
  await row.getByRole('button', { name: 'Add to calendar' }).click();
  const text = readFileSync(await (await file).path(), 'utf8');
  expect(text).toContain('BEGIN:VEVENT');
});

test('a contract says what it costs in a year, and is kept with one press that can be taken back', async ({
  page,
  workmate,
}) => {
  await workmate.open(page, 'contracts');
  await expect(page.getByText('€358.80')).toBeVisible();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByText('You are keeping it.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeVisible();
});

test('what is done is said with a small joy, unless that is switched off', async ({ page, workmate }) => {
  await workmate.open(page, 'tasks');
  const tick = page.getByRole('region', { name: 'Messages' }).locator('svg.text-accent');
  await page.getByRole('button', { name: 'Done', exact: true }).first().click();
  await expect(tick).toBeVisible();
  await page.keyboard.press('Control+z');
  workmate.call('settings.change', { key: 'celebrate', value: false });
  await page.reload();
  await page.getByRole('button', { name: 'Done', exact: true }).first().click();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await expect(tick).toHaveCount(0);
  await page.keyboard.press('Control+z');
});

test('a task moves to another day by keyboard', async ({ page, workmate }) => {
  const [task] = workmate.call('tasks.list', {}).filter(({ due }) => due);
  await workmate.open(page, `tasks/${task?.id}`);
  const row = page.getByRole('listitem').filter({ hasText: task?.title ?? '' });
  await row.getByRole('button', { name: 'Later' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByLabel('New day').fill('2026-11-23');
  await page.keyboard.press('Enter');
  await expect.poll(() => workmate.call('tasks.get', { id: task?.id ?? '' }).due).toBe('2026-11-23');
  await page.keyboard.press('Control+z');
  await expect.poll(() => workmate.call('tasks.get', { id: task?.id ?? '' }).due).toBe(task?.due);
});
