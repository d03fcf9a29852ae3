// Letters that belong together, and who sent them: by keyboard alone.
import { expect, test } from './app';
import { violations } from './axe';

const shots = process.env.SCREENSHOTS;

test.beforeEach(({ workmate }) => {
  workmate.call('settings.change', { key: 'language', value: 'en' });
  workmate.call('settings.change', { key: 'theme', value: 'light' });
});

test('a letter is joined to another one, found in the cases, and taken out again', async ({ page, workmate }) => {
  const [dunning] = workmate.call('documents.list', { kind: 'dunning' }).items;
  await workmate.open(page, `documents/${dunning?.id}`);
  await page.getByRole('button', { name: 'Add a letter…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('Farbwerk');
  await expect(dialog.getByRole('option', { name: /Farbwerk/ })).toHaveAttribute('aria-selected', 'true');
  if (shots) await page.screenshot({ path: `${shots}/picker.png` });
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Farbwerk .* belongs to it now/)).toBeVisible();

  await page.keyboard.press('Control+6');
  await expect(page.locator('[data-area="cases"]')).toBeVisible();
  const letters = page.getByRole('region', { name: 'The letters in order' });
  await expect(letters.getByRole('listitem')).toHaveCount(2);
  await expect(letters.getByText(/^a reminder for/)).toBeVisible();
  // The reminder asks for less than the bill: it takes nothing over.
  await expect(page.getByRole('region', { name: 'Still to do' }).getByRole('link')).toHaveCount(2);
  for (const theme of ['light', 'dark', 'high_contrast'] as const) {
    workmate.call('settings.change', { key: 'theme', value: theme });
    await page.locator(theme === 'high_contrast' ? '[data-contrast=more]' : `html[data-theme=${theme}]`).waitFor();
    expect(await violations(page)).toEqual([]);
    if (shots) await page.screenshot({ path: `${shots}/cases-${theme}.png` });
  }

  await letters
    .getByRole('button', { name: /out of the case/ })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('No letters belong together yet.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(letters.getByRole('listitem')).toHaveCount(2);
  if (dunning) workmate.call('cases.part', { id: dunning.id });
});

test('a letter is from somebody else, who has a page then, and it is undone', async ({ page, workmate }) => {
  const [bill] = workmate.call('documents.list', { query: 'Farbwerk' }).items;
  await workmate.open(page, `documents/${bill?.id}`);
  await page.getByRole('button', { name: 'Another sender…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('combobox', { name: 'Sender' })).toBeFocused();
  await page.keyboard.type('Malermeisterin Lindner');
  expect(await violations(page)).toEqual([]);
  if (shots) await page.screenshot({ path: `${shots}/other-sender.png` });
  await page.keyboard.press('Enter');
  const theirs = page.getByRole('link', { name: 'All of Malermeisterin Lindner' });
  await expect(theirs).toBeVisible();
  await theirs.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Malermeisterin Lindner', exact: true })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  if (shots) await page.screenshot({ path: `${shots}/correspondent.png` });
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('link', { name: /^Malermeisterin/ })).toHaveCount(0);
});

test('a corrected value becomes a rule that is tried, changed and deleted', async ({ page, workmate }) => {
  const [letter] = workmate.call('documents.list', { query: 'Stadtwerke' }).items;
  if (!letter) throw new Error('a sample letter is missing');
  const words = workmate.call('documents.words', { id: letter.id, page: 1 });
  const place = words.find(({ text }) => /^\d{2}\.\d{2}\.2026$/.test(text));
  if (!place) throw new Error('the sample letter has no date');
  const evidence = { page: 1, rect: place.rect, text: place.text };
  workmate.call('review.correct', { id: letter.id, field: 'issue_date', value: place.text, evidence });
  const { correspondent_id } = workmate.call('documents.get', { id: letter.id });
  await workmate.open(page, `correspondents/${correspondent_id}`);
  await page.getByRole('button', { name: 'Change' }).first().focus();
  await page.keyboard.press('Enter');
  const trials = page.getByRole('list', { name: /finds on the letters/ });
  await expect(trials.getByText(/^2026-\d\d-\d\d$/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Form of the value' }).focus();
  await page.keyboard.type('9{4}');
  await expect(trials.getByText('nothing')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  if (shots) await page.screenshot({ path: `${shots}/rules.png` });
  await page.getByRole('button', { name: 'Delete' }).first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('The rule is deleted.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Change' })).toHaveCount(0);
});
