// Twelve journeys by keyboard alone, with every key and every decision counted (`presses.ts`).
import { test as base } from '@playwright/test';
import type { Page } from '@playwright/test';

import { expect, Workmate } from './app';
import { Keys } from './presses';

const FRIDAY = '2026-11-20T09:00:00Z';

interface Stage {
  /** A profile of its own on a Friday, with the letters; the window is open at Today. */
  begin: (letters?: Record<string, string>, clock?: string) => Promise<Workmate>;
}

const test = base.extend<Stage>({
  begin: async ({ page }, use) => {
    const begun: Workmate[] = [];
    await use(async (letters, clock = FRIDAY) => {
      const workmate = new Workmate(undefined, clock);
      begun.push(workmate);
      workmate.call('settings.change', { key: 'language', value: 'en' });
      if (letters) workmate.importTexts(letters);
      await workmate.serve();
      await workmate.open(page);
      return workmate;
    });
    for (const workmate of begun) await workmate.end();
  },
});

const letter = (sender: string, heading: string, ...lines: string[]) =>
  [`${sender} · Am Anger 3 · 05123 Eichenbruck`, '', 'Mara Winter', 'Lindenweg 4', '05123 Eichenbruck', '', heading, '']
    .concat(lines)
    .join('\n');

const bill = (sender: string, number: string, amount: string, due: string) =>
  letter(
    sender,
    `Rechnung ${number}`,
    `Rechnungsnummer: ${number}`,
    'Rechnungsdatum: 16.11.2026',
    '',
    `Rechnungsbetrag: ${amount} €`,
    '',
    `Bitte überweisen Sie den Rechnungsbetrag bis zum ${due}.`,
    'IBAN: DE89 3704 0044 0532 0130 00',
  );

const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });

test('pay: Enter shows what the bank needs, E says that it is paid', async ({ page, begin }) => {
  const workmate = await begin({ roof: bill('Dachdeckerei Rinne GmbH', 'DR-118', '248,90', '24.11.2026') });
  const card = page.getByRole('article', { name: /DR-118/ });
  await card.waitFor();
  const keys = new Keys(page);
  keys.decides('to pay now');
  await keys.task('pay a bill', 'pay', async () => {
    await keys.press('Enter');
    await expect(card.getByRole('region', { name: 'Payment' })).toContainText('€248.90');
    await keys.press('e');
    await expect(messages(page)).toContainText('DR-118 · Dachdeckerei Rinne GmbH: done');
  });
  await expect.poll(() => workmate.call('tasks.list', {}).items.length).toBe(0);
  keys.write('pay');
});
