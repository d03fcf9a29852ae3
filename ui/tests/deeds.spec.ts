// What a person does with tasks and contracts, in the areas that show them.
import { readFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { expect, test } from './app';
import { violations } from './axe';

/** The button that ends a bill of which no reminder has come: it asks for no day. */
const done = (page: Page) =>
  page
    .getByRole('listitem')
    .filter({ hasText: 'Jahresrechnung Strom' })
    .getByRole('button', { name: /^Done: / });

test.beforeEach(({ workmate }) => {
  workmate.call('settings.change', { key: 'language', value: 'en' });
});

test('an appointment goes into the calendar as a file', async ({ page, workmate }) => {
  const appointment = workmate.call('tasks.list', {}).items.find(({ kind }) => kind === 'attend');
  await workmate.open(page, `tasks/${appointment?.id}`);
  await page.getByText('Details').first().waitFor();
  const row = page.getByRole('listitem').filter({ hasText: appointment?.title ?? '' });
  await row.getByText('Details').click();
  const file = page.waitForEvent('download');
  await row.getByRole('button', { name: 'Add to calendar' }).click();
  const text = readFileSync(await (await file).path(), 'utf8');
  expect(text).toContain('BEGIN:VEVENT');
});

test('contracts say what they cost, and a decided one is folded away and can be had back', async ({
  page,
  workmate,
}) => {
  await workmate.open(page, 'contracts');
  await expect(page.getByText('€29.90 a month, €358.80 a year')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'To decide' })).toBeVisible();
  await page.getByRole('button', { name: 'Keep it' }).click();
  const fold = page.getByRole('button', { name: 'Decided 1' });
  await expect(page.getByText('You are keeping it.', { exact: true })).toBeHidden();
  await fold.click();
  await expect(page.getByText('You are keeping it.', { exact: true })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeVisible();
});

test('a cancelled contract waits for its confirmation until that has come', async ({ page, workmate }) => {
  await workmate.open(page, 'contracts');
  await page.getByRole('button', { name: 'It is cancelled' }).click();
  await expect(page.getByText('Cancelled. The confirmation should be here by 4 Dec 2026.')).toBeVisible();
  await page.getByRole('button', { name: 'Confirmation is here' }).click();
  await page.getByRole('button', { name: 'Decided 1' }).click();
  await expect(page.getByText('Cancelled and confirmed.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: 'Not cancelled after all' }).click();
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeVisible();
});

test('what is done is said with a small joy, unless that is switched off', async ({ page, workmate }) => {
  await workmate.open(page, 'tasks');
  const tick = page.getByRole('region', { name: 'Messages' }).locator('svg.text-accent');
  await done(page).click();
  await expect(tick).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(done(page)).toBeVisible();
  workmate.call('settings.change', { key: 'celebrate', value: false });
  await page.reload();
  await done(page).click();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await expect(tick).toHaveCount(0);
  await page.keyboard.press('Control+z');
});

test('a task moves to another day by keyboard', async ({ page, workmate }) => {
  const [task] = workmate.call('tasks.list', {}).items.filter(({ due }) => due);
  await workmate.open(page, `tasks/${task?.id}`);
  const row = page.getByRole('listitem').filter({ hasText: task?.title ?? '' });
  await row.getByRole('button', { name: 'Later' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByLabel('New day', { exact: true }).fill('23.11.');
  await page.keyboard.press('Enter');
  await expect.poll(() => workmate.call('tasks.get', { id: task?.id ?? '' }).due).toBe('2026-11-23');
  // As long as the field is there, the keys are its own.
  await expect(page.getByLabel('New day', { exact: true })).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect.poll(() => workmate.call('tasks.get', { id: task?.id ?? '' }).due).toBe(task?.due);
});

test('each message takes back its own change, and the palette the one that it names', async ({ page, workmate }) => {
  await workmate.open(page, 'tasks');
  const [first, second] = workmate.call('tasks.list', {}).items.filter(
    // A reminder's payment asks for its day first.
    ({ kind, document_kind }) => kind === 'pay' && document_kind === 'invoice',
  );
  const statusOf = (task?: { id: string }) => workmate.call('tasks.get', { id: task?.id ?? '' }).status;
  const messages = page.getByRole('region', { name: 'Messages' });
  for (const task of [first, second]) {
    const row = page.getByRole('listitem').filter({ hasText: task?.title ?? '' });
    await row.getByRole('button', { name: /^Done: / }).click();
    await messages.getByText(`${task?.title}: done.`).waitFor();
    await row.waitFor({ state: 'hidden' });
  }
  await messages
    .getByRole('group')
    .filter({ hasText: first?.title ?? '' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await messages.getByText(`Undone: ${first?.title}, task done.`).waitFor();
  expect([statusOf(first), statusOf(second)]).toEqual(['open', 'done']);

  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByText(`Undo: ${second?.title}, task done`).click();
  await messages.getByText(`Undone: ${second?.title}, task done.`).waitFor();
  expect(statusOf(second)).toBe('open');
  await expect(messages.getByRole('button', { name: 'Undo' }), 'nothing is left to undo').toHaveCount(0);
});

test('a double click ends one task, not the one that takes its place', async ({ page, workmate }) => {
  await workmate.open(page, 'tasks');
  const open = () => workmate.call('tasks.list', {}).total;
  const before = open();
  const button = done(page);
  const { x, y, width, height } = (await button.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const rows = await page.getByRole('listitem').count();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down({ clickCount: 1 });
  await page.mouse.up({ clickCount: 1 });
  await expect(page.getByRole('listitem')).toHaveCount(rows - 1);
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Undone: ', { exact: false }).waitFor();
  expect(open()).toBe(before);
});
