// By keyboard alone: what an area lists is walked through and done, tasks are written down from anywhere, days are typed.
import { test as base } from '@playwright/test';
import type { Page } from '@playwright/test';

import { expect, Workmate } from './app';

/** The sample letters, on the day on which their bills are due soon. Each test has a profile of its own. */
const test = base.extend<{ workmate: Workmate }>({
  workmate: async ({}, use) => {
    const workmate = new Workmate(undefined, '2026-12-01T09:00:00Z');
    workmate.importSamples();
    workmate.call('settings.change', { key: 'language', value: 'en' });
    await workmate.serve();
    await use(workmate);
    await workmate.end();
  },
});

const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });
const open = (workmate: Workmate) => workmate.call('tasks.list', {}).items;
/** The name of the element that has the focus. */
const focused = (page: Page) => page.locator(':focus');

test('Today: J comes to the first card, E does it, S puts the next one off, and it says when it comes back', async ({
  page,
  workmate,
}) => {
  await workmate.open(page, 'today');
  await page.getByRole('article').first().waitFor();
  const [first, second] = workmate.call('today.get', null).cards;
  await page.keyboard.press('j');
  await expect(focused(page)).toHaveAccessibleName(first?.title ?? '');
  await page.keyboard.press('ArrowDown');
  await expect(focused(page)).toHaveAccessibleName(second?.title ?? '');
  await page.keyboard.press('k');
  await expect(focused(page)).toHaveAccessibleName(first?.title ?? '');

  // Enter unfolds the payment of a bill, Escape folds it again.
  const pay = workmate.call('today.get', null).cards.find(({ kind }) => kind === 'pay');
  const bill = page.getByRole('article', { name: pay?.title ?? '', exact: true });
  await bill.focus();
  await page.keyboard.press('Enter');
  await expect(bill.locator('[aria-expanded="true"]')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(bill.locator('[aria-expanded="true"]')).toHaveCount(0);
  await expect(bill).toBeFocused();

  await page.getByRole('article', { name: first?.title ?? '', exact: true }).focus();
  await page.keyboard.press('s');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('End');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.keyboard.press('s');
  await page.getByRole('menuitem', { name: 'tomorrow morning' }).waitFor();
  for (let at = 0; at < 4; at++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const put = page.getByRole('region', { name: 'Put off' });
  await expect(put).toContainText(first?.title ?? '');
  await expect(put).toContainText('comes back tomorrow at 09:00');
  await expect(messages(page)).toContainText('comes back tomorrow at 09:00');
  await expect(page.getByRole('article', { name: first?.title ?? '', exact: true })).toHaveCount(0);

  await page.keyboard.press('Control+z');
  await expect(put).toHaveCount(0);
  await expect(page.getByRole('article', { name: first?.title ?? '', exact: true })).toBeVisible();
});

test('Tasks: two keys end a task, and the walk goes on at the next one', async ({ page, workmate }) => {
  workmate.call('tasks.quick_add', { line: 'Water the flowers today' });
  workmate.call('tasks.quick_add', { line: 'Call grandma today' });
  await workmate.open(page, 'tasks');
  const row = page.getByRole('listitem').filter({ hasText: 'Water the flowers' });
  await row.waitFor();
  // From the field of the new task into the list, until it is there.
  await page.locator('#content').focus();
  for (let at = 0; at < 12; at++) {
    await page.keyboard.press('j');
    if ((await focused(page).textContent())?.includes('Water the flowers')) break;
  }
  await expect(focused(page)).toContainText('Water the flowers');
  await page.keyboard.press('e');
  await expect(messages(page)).toContainText('Water the flowers: done.');
  await expect(row).toHaveCount(0);
  await page.keyboard.press('j');
  await expect(focused(page)).not.toContainText('Water the flowers');
  await expect(focused(page)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Enter');
  await expect(focused(page)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Escape');
  await expect(focused(page)).toHaveAttribute('aria-expanded', 'false');
});

test('Calendar: the lines of a month are walked through and done, and its months are turned', async ({
  page,
  workmate,
}) => {
  workmate.call('tasks.quick_add', { line: 'Aardvark day after tomorrow' });
  await workmate.open(page, 'calendar');
  await page.getByRole('link', { name: 'Aardvark' }).waitFor();
  for (let at = 0; at < 30; at++) {
    await page.keyboard.press('j');
    if ((await focused(page).textContent())?.includes('Aardvark')) break;
  }
  await expect(focused(page)).toContainText('Aardvark');
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Aardvark' });
  await expect(dialog).toContainText('in 2 days');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('e');
  await expect(messages(page)).toContainText('Aardvark: done.');
  await expect.poll(() => open(workmate).some(({ title }) => title === 'Aardvark')).toBe(false);

  await page.keyboard.press('PageDown');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('January 2027');
  await page.keyboard.press('t');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('December 2026');
});

test('Contracts: J comes to a contract, S and E to its decision, Enter to why it is asked', async ({
  page,
  workmate,
}) => {
  await workmate.open(page, 'contracts');
  const card = page.getByRole('article').first();
  await card.waitFor();
  await page.keyboard.press('j');
  await expect(card).toBeFocused();
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Later' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(card).toBeFocused();
  await page.keyboard.press('e');
  await expect(dialog.getByRole('button', { name: /^Keep it/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(card).toBeFocused();
  const name = (await card.getByRole('heading').textContent())?.trim() ?? '';
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-area="tasks"]')).toBeVisible();
  await expect(focused(page)).toHaveAttribute('aria-expanded', 'true');
  // Escape folds the task, and leads back to the contract.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('article', { name })).toBeFocused();
  await page.keyboard.press('e');
  await expect(dialog.getByRole('button', { name: /^Keep it/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(messages(page)).toContainText(': you are keeping it.');
});

test('Tasks: S puts the one off that one has come to', async ({ page, workmate }) => {
  const task = workmate.call('tasks.quick_add', { line: 'Aardvark today' }).task;
  await workmate.open(page, 'tasks');
  await page.getByRole('listitem').filter({ hasText: 'Aardvark' }).waitFor();
  await page.locator('#content').focus();
  for (let at = 0; at < 12; at++) {
    await page.keyboard.press('j');
    if ((await focused(page).textContent())?.includes('Aardvark')) break;
  }
  await page.keyboard.press('s');
  await page.getByRole('menuitem', { name: 'tomorrow morning' }).waitFor();
  for (let at = 0; at < 4; at++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(messages(page)).toContainText('comes back tomorrow at 09:00');
  await expect.poll(() => workmate.call('tasks.get', { id: task?.id ?? '' }).comes_back).not.toBeNull();
});

test('a document has the focus on its title however it was opened, and Escape leads back', async ({
  page,
  workmate,
}) => {
  const title = page.locator('h1[data-title-of]');
  await workmate.open(page, 'documents');
  const line = page.locator('[data-place="1"]');
  await line.waitFor();
  await page.keyboard.press('j');
  await expect(line).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(title).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(line).toBeFocused();
  await line.click();
  await expect(title).toBeFocused();

  await workmate.open(page, 'today');
  await page.getByRole('article').first().waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('Farbwerk');
  await page
    .getByRole('group', { name: 'Documents' })
    .getByRole('option', { name: /Farbwerk/ })
    .first()
    .click();
  await expect(title).toBeFocused();
  await page.keyboard.press('Escape');
  await page.getByRole('article').first().waitFor();

  const link = page.getByRole('link', { name: /^Open document: / }).first();
  await link.press('Enter');
  await expect(title).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(link).toBeFocused();
});

test('the page of a bill: Enter shows its code, Escape folds it, E ends its task', async ({ page, workmate }) => {
  const bill = open(workmate).find(({ kind, document_kind }) => kind === 'pay' && document_kind === 'invoice');
  await workmate.open(page, `documents/${bill?.document}`);
  await page.locator('h1[data-title-of]').waitFor();
  await page.keyboard.press('Enter');
  const payment = page.getByRole('region', { name: 'Payment details' });
  await expect(payment.getByRole('img')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(payment).toHaveCount(0);
  await page.keyboard.press('e');
  await expect(messages(page)).toContainText(`${bill?.title}: done.`);
  await page.keyboard.press('c');
  await expect(page.getByRole('button', { name: 'Finished' })).toBeVisible();
});

test('Escape leads from the hits to the box, and in Review to the queue; the list of keys says so', async ({
  page,
  workmate,
}) => {
  await workmate.open(page, 'search');
  const box = page.locator('[data-search-box]');
  await page.keyboard.type('rechnung');
  await page.locator('[data-hit]').nth(1).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await expect(box).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(box).toHaveValue('');

  await workmate.open(page, 'review');
  await page.locator('[data-fact]').first().waitFor();
  await page.keyboard.press('e');
  await expect(page.getByRole('textbox', { name: /^Value of/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: /^Value of/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(focused(page)).toHaveAttribute('role', 'option');
  await page.keyboard.press('?');
  for (const name of ['End a correction, to the list', 'to the search box', 'Back to where you came from'])
    await expect(page.getByRole('dialog').getByText(name)).toBeVisible();
});

test('a month shows its titles whole where the window has room for them', async ({ page, workmate }) => {
  workmate.call('tasks.quick_add', {
    line: 'Compare the offers of three insurers for the car and the trailer 9 December',
  });
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await workmate.open(page, 'calendar');
    await page.getByRole('link', { name: /Compare the offers/ }).waitFor();
    const cut = await page.locator('td a, td a *').evaluateAll((all) =>
      all
        .filter((one) => one.scrollHeight > one.clientHeight + 2 && getComputedStyle(one).overflow === 'hidden')
        .filter((one) => !one.classList.contains('sr-only'))
        .map((one) => one.textContent),
    );
    expect(cut).toEqual([]);
    // The weeks fill the window.
    const bottom =
      (await page
        .getByRole('table')
        .boundingBox()
        .then((box) => box && box.y + box.height)) ?? 0;
    expect(bottom).toBeGreaterThan(height - 60);
  }
});

test('a task is written down from anywhere, in words', async ({ page, workmate }) => {
  await workmate.open(page, 'contracts');
  await page.keyboard.press('q');
  const dialog = page.getByRole('dialog', { name: 'New task' });
  await dialog.waitFor();
  await expect(focused(page)).toHaveAccessibleName('New task');
  await page.keyboard.type('collect the car Friday after next half past seven #car');
  await expect(dialog).toContainText('collect the car · Friday 11 December 2026 at 07:30 · #car');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  const added = open(workmate).find(({ title }) => title === 'collect the car');
  expect([added?.due, added?.due_time, added?.tags]).toEqual(['2026-12-11', '07:30:00', ['car']]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Contracts');
});

test('the palette knows tasks, amounts, days, commands by other names, and makes a task of what it does not know', async ({
  page,
  workmate,
}) => {
  workmate.call('tasks.quick_add', { line: 'Feed the neighbour’s cat 12.50 € on 9 December' });
  await workmate.open(page, 'today');
  const dialog = page.getByRole('dialog');
  const chosen = dialog.locator('[data-selected]');
  const ask = async (text: string) => {
    await page.keyboard.press('Control+k');
    await dialog.waitFor();
    await page.keyboard.type(text);
  };
  for (const text of ['neighbour', '12,50', 'cat 12.50']) {
    await ask(text);
    await expect(chosen).toContainText('Feed the neighbour’s cat');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  await ask('shortcuts');
  await expect(chosen).toContainText('Keys');
  await page.keyboard.press('Escape');
  await ask('9 December');
  await expect(chosen).toContainText('Wednesday 9 December 2026');
  // What the archive knows comes a moment later.
  await dialog.getByText('Feed the neighbour’s cat').waitFor();
  await page.keyboard.press('ArrowDown');
  await expect(chosen).toContainText('Feed the neighbour’s cat');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('December 2026');
  await ask('buy oat milk tomorrow');
  // It says what to do and when: whatever else is found stands behind it, once all of it is there.
  await dialog.getByText('Willowbrook English Lessons').waitFor();
  await expect(chosen).toContainText('New task: buy oat milk tomorrow');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'New task' })).toHaveValue('buy oat milk tomorrow');
  await page.keyboard.press('Enter');
  await expect.poll(() => open(workmate).find(({ title }) => title === 'buy oat milk')?.due).toBe('2026-12-02');
});

test('from the search box the arrows lead into the hits and back', async ({ page, workmate }) => {
  await workmate.open(page, 'search');
  const box = page.locator('[data-search-box]');
  await expect(box).toBeFocused();
  // The hits of the first letters make room for those of the whole word.
  const isWhole = (body: string | null) => body?.includes('"rechnung"') ?? false;
  const answered = page.waitForResponse((response) => isWhole(response.request().postData()));
  await page.keyboard.type('rechnung');
  await answered;
  await page.locator('[data-hit]').nth(1).waitFor();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-hit]').first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-hit]').nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-hit]').nth(1)).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(box).toBeFocused();
});

test('day, hour, rhythm, steps and tags of a task are said in words, and what is not understood is not saved', async ({
  page,
  workmate,
}) => {
  workmate.call('settings.change', { key: 'language', value: 'de' });
  const task = workmate.call('tasks.quick_add', { line: 'Müll rausbringen morgen #Haus' }).task;
  await workmate.open(page, `tasks/${task?.id}`);
  const row = page.getByRole('listitem').filter({ hasText: 'Müll rausbringen' });
  await row.getByText('Einzelheiten').press('Enter');
  await row.getByRole('button', { name: 'Bearbeiten' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Aufgabe bearbeiten' });
  const day = dialog.getByLabel('Bis wann', { exact: true });
  await expect(day).toHaveValue('02.12.2026');
  await day.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('irgendwann');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Das verstehe ich nicht.')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('übernächsten Freitag');
  await expect(dialog).toContainText('Freitag, 11. Dezember 2026');
  await page.keyboard.press('ArrowUp');
  await expect(day).toHaveValue('12.12.2026');
  await dialog.getByLabel('Uhrzeit').focus();
  await page.keyboard.type('halb acht');
  await dialog.getByLabel('Wiederholt sich').focus();
  await page.keyboard.type('jeden Samstag');
  await dialog.getByRole('button', { name: 'Schritt', exact: true }).press('Enter');
  await page.keyboard.type('Tonne holen');
  await page.keyboard.press('Enter');
  await page.keyboard.type('An die Straße stellen');
  await dialog.getByLabel('Schlagwort, etwa').focus();
  await page.keyboard.type('Garten/Tonne');
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Worum es geht').press('Enter');
  await expect(dialog).toHaveCount(0);
  const saved = workmate.call('tasks.get', { id: task?.id ?? '' });
  expect([saved.due, saved.due_time, saved.recurrence?.rule]).toEqual([
    '2026-12-12',
    '07:30:00',
    'FREQ=WEEKLY;BYDAY=SA',
  ]);
  expect(saved.checklist.map(({ step }) => step)).toEqual(['Tonne holen', 'An die Straße stellen']);
  expect(saved.tags).toEqual(['Garten/Tonne', 'Haus']);
});

test('a day is chosen in the small calendar by arrows', async ({ page, workmate }) => {
  const task = workmate.call('tasks.quick_add', { line: 'Oak tree 2 December' }).task;
  await workmate.open(page, `tasks/${task?.id}`);
  const row = page.getByRole('listitem').filter({ hasText: 'Oak tree' });
  await row.getByRole('button', { name: 'Later' }).press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const field = page.getByLabel('New day', { exact: true });
  await expect(field).toHaveValue('2 Dec 2026');
  await page.getByRole('button', { name: 'New day: calendar' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Wednesday 2 December 2026' })).toBeFocused();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('10 Jan 2027');
  await page.keyboard.press('Enter');
  await expect.poll(() => workmate.call('tasks.get', { id: task?.id ?? '' }).due).toBe('2027-01-10');
});
