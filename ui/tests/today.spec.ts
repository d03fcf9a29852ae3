// Today on days with something to do: cards of each sort, in all colours, small and with large letters, by keyboard.
import { test as base } from '@playwright/test';

import { expect, Workmate } from './app';
import { violations } from './axe';
import { cutOff } from './cut-off';

/** The sample letters came in November; it is the day before the appointment, and a receipt has just been filed. */
const test = base.extend<{ workmate: Workmate }>({
  workmate: async ({}, use) => {
    const workmate = new Workmate(undefined, '2026-12-09T15:00:00Z');
    workmate.importSamples();
    workmate.importTexts({
      receipt:
        'Parkhaus Hafentor GmbH\nAm Hafen 3\n\nQuittung Nr. 4711\n09.12.2026 10:42\n\nSumme EUR 12,50\nBar bezahlt\n',
    });
    const day = { due: '2026-12-09' };
    workmate.call('tasks.add', { ...draft, ...day, kind: 'attend', title: 'Blood test', due_time: '07:45:00' });
    await workmate.serve();
    await use(workmate);
    await workmate.end();
  },
});

const draft = {
  title: '',
  kind: 'other' as const,
  due: null,
  due_time: null,
  amount: null,
  payee: null,
  description: '',
  minutes: null,
  urgency: null,
  tags: [],
  steps: [],
  recurrence: null,
  documents: [],
};

test('a day with cards breaks no rule of accessibility and cuts nothing off', async ({ page, workmate }) => {
  const found: Record<string, string[]> = {};
  for (const [theme, language, width, zoom] of [
    ['light', 'de', 1280, 100],
    ['dark', 'en', 900, 100],
    ['high_contrast', 'de', 900, 200],
  ] as const) {
    await page.setViewportSize({ width, height: 600 });
    workmate.call('settings.change', { key: 'theme', value: theme });
    workmate.call('settings.change', { key: 'language', value: language });
    await page.addInitScript((zoom) => localStorage.setItem('zoom', String(zoom)), zoom);
    await workmate.open(page, 'today');
    await page.reload();
    await page.locator(`html[lang="${language}"]`).waitFor();
    await page.getByText('Rosenstraße 21, 2. Stock').waitFor();
    const wrong = [...(await violations(page)), ...(await cutOff(page))];
    if (wrong.length) found[`${theme} ${language} ${width} ${zoom}`] = wrong;
  }
  expect(found).toEqual({});
});

test('the notice is on one card with its payment, and somebody objects by keyboard', async ({ page, workmate }) => {
  workmate.call('settings.change', { key: 'language', value: 'en' });
  const tasks = workmate.call('tasks.list', {}).items;
  const notice = tasks.filter(({ document_kind }) => document_kind === 'tax_notice');
  expect(notice).toHaveLength(2);
  // Its possibilities are offered once somebody has looked at it.
  if (notice[0]?.document) workmate.call('review.accept', { id: notice[0].document });
  // What stands before it is done.
  for (const { id, due, document_kind } of tasks)
    if (due && due < '2026-12-16' && document_kind !== 'tax_notice') workmate.call('tasks.complete', { id });
  for (const { id } of notice) workmate.call('tasks.postpone', { id, due: '2026-12-14' });
  await workmate.open(page, 'today');
  const card = page.getByRole('article', { name: 'Finanzamt Eichenbruck' });
  await expect(card).toHaveCount(1);
  const wish = card.getByRole('button', { name: /I want to object/ });
  await wish.focus();
  await page.keyboard.press('Enter');
  await expect(card.getByText('Send the objection')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(card.getByText('Check the tax notice')).toBeVisible();
  await card.getByRole('button', { name: /Fits/ }).press('Enter');
  await expect(card.getByText('Check the tax notice')).toBeHidden();
  const objection = notice.find(({ kind }) => kind === 'object');
  expect(workmate.call('tasks.get', { id: objection?.id ?? '' }).done_how).toBe('accepted');
});

test('what is done is a quiet line, and what has begun says when it was', async ({ page, workmate }) => {
  workmate.call('settings.change', { key: 'language', value: 'en' });
  await workmate.open(page, 'today');
  const line = page.getByRole('region', { name: 'New' }).getByRole('link');
  await expect(line).toContainText('Receipt · €12.50 · filed');
  await expect(page.getByRole('region', { name: 'After that' })).toContainText('was at 07:45');
  await line.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Parkhaus Hafentor');
});
