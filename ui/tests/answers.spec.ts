// A question in everyday words is answered above the hits, and facets narrow the hits down and let go again.
import { violations } from './axe';
import { expect, test } from './app';

/** A bill of the chimney sweep, who calls himself a Kaminkehrer. */
const bill = (number: string, day: string, amount: string) =>
  [
    'Kaminkehrer Norbert Rußig · Am Anger 3 · 05123 Eichenbruck',
    '',
    'Mara Winter',
    'Lindenweg 4',
    '05123 Eichenbruck',
    '',
    'Rechnung',
    '',
    `Rechnungsnummer: ${number}`,
    `Rechnungsdatum: ${day}`,
    '',
    'für die Kehrung Ihrer Abgasanlage berechnen wir:',
    '',
    `Rechnungsbetrag: ${amount} €`,
    '',
    'Bitte überweisen Sie den Rechnungsbetrag bis zum 04.12.2026.',
    'IBAN: DE89 3704 0044 0532 0130 00',
  ].join('\n');

test.beforeAll(({ workmate }) => {
  workmate.importTexts({
    'KR-25': bill('KR-25-9', '05.11.2026', '61,90'),
    'KR-26': bill('KR-26-3', '10.11.2026', '68,40'),
    'KR-27': bill('KR-26-8', '18.11.2026', '71,20'),
  });
  const bills = workmate.call('search.find', { query: 'Kaminkehrer', order: 'oldest' }).items;
  for (const { document } of bills) {
    if (document.state === 'review') workmate.call('review.accept', { id: document.id });
  }
  for (const [at, paid_on] of ['2025-03-20', '2026-11-12'].entries()) {
    const [task] = workmate.call('documents.get', { id: bills[at]?.document.id ?? '' }).tasks;
    workmate.call('tasks.pay', { id: task?.id ?? '', paid_on, how: 'transfer' });
  }
});

test('when and how much the chimney sweep was paid stands above the hits', async ({ page, workmate }) => {
  workmate.call('settings.change', { key: 'language', value: 'de' });
  await workmate.open(page, 'search');
  const box = page.getByRole('searchbox');
  await box.fill('wann habe ich zuletzt den Schornsteinfeger bezahlt und wie viel');
  const card = page.getByRole('region', { name: 'Bezahlt: Schornsteinfeger' });
  const last = card.getByRole('status').getByRole('link');
  await expect(last).toContainText('68,40 €');
  await expect(last).toContainText('12.11.2026');
  await expect(card).toContainText('130,30 €');
  await expect(card.getByRole('link', { name: /2025.*61,90/ })).toBeVisible();
  await expect(page.locator('[data-hit] mark').first()).toHaveText(/Kaminkehrer/);
  expect(await violations(page)).toEqual([]);
  await last.click();
  await expect(page.getByRole('heading', { name: 'KR-26-3 · Kaminkehrer Norbert Rußig' })).toBeVisible();

  // Nothing is known: nothing is answered.
  await workmate.open(page, 'search');
  await box.fill('wann habe ich zuletzt das Bestattungshaus bezahlt?');
  await expect(page.getByText('Nichts gefunden.')).toBeVisible();
  await expect(page.getByRole('region', { name: /^Bezahlt/ })).toHaveCount(0);
});

test('a facet is pressed and let go by keyboard', async ({ page, workmate }) => {
  workmate.call('settings.change', { key: 'language', value: 'en' });
  await workmate.open(page, 'search');
  const box = page.getByRole('searchbox');
  await box.fill('eichenbruck');
  const facets = page.getByRole('group', { name: 'Narrow down' });
  const paid = facets.getByRole('button', { name: /Rußig/ });
  await expect(paid).toHaveAttribute('aria-pressed', 'false');
  const hits = page.locator('[data-hit]');
  const all = await hits.count();
  await paid.focus();
  await page.keyboard.press('Enter');
  await expect(hits).toHaveCount(3);
  await expect(facets.getByRole('button', { name: /Rußig/ })).toHaveAttribute('aria-pressed', 'true');
  await facets.getByRole('button', { name: /Rußig/ }).press('Enter');
  await expect(box).toHaveValue('eichenbruck');
  await expect(hits).toHaveCount(all);
});
