// Pictures of every area in both themes and languages: `make screenshots`. To look at, and for README.
import type { Page } from '@playwright/test';

import { Workmate, test } from './app';

const out = process.env.SCREENSHOTS ?? '../target/screenshots';
const sizes = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
];

const areas = (workmate: Workmate): [string, string][] => {
  const contract = workmate.call('documents.list', { kind: 'contract' }).items[0];
  return [
    ['today', 'today'],
    ['review', 'review'],
    ['documents', 'documents'],
    ['search', 'search'],
    ['document', `documents/${contract?.id}`],
    ['tasks', 'tasks'],
    ['calendar', 'calendar'],
    ['cases', 'cases'],
    ['correspondents', 'correspondents'],
    ['contracts', 'contracts'],
    ['settings', 'settings'],
    ...['backup', 'keeping', 'history', 'privacy', 'state', 'about'].map((part): [string, string] => [
      part,
      `settings/${part}`,
    ]),
  ];
};

/** What opens over the areas, by its key. */
const DIALOGS = { arrange: 'a', palette: 'Control+k', keys: '?' };

async function shoot(page: Page, name: string) {
  // The pictures of pages are drawn when they are first asked for.
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: `${out}/${name}.png` });
}

for (const theme of ['light', 'dark'] as const)
  for (const language of ['de', 'en'] as const)
    test(`${theme} ${language}`, async ({ page, workmate }) => {
      test.setTimeout(120_000);
      workmate.call('settings.change', { key: 'theme', value: theme });
      workmate.call('settings.change', { key: 'language', value: language });
      for (const size of sizes) {
        await page.setViewportSize(size);
        for (const [name, place] of areas(workmate)) {
          await workmate.open(page, place);
          await page.locator('html[lang="' + language + '"]').waitFor();
          await shoot(page, `${name}-${theme}-${language}-${size.width}`);
        }
        await workmate.open(page, 'documents');
        await page.locator('[data-place="0"]').click();
        await page.getByRole('img').first().waitFor();
        for (const [name, keys] of Object.entries(DIALOGS)) {
          await page.keyboard.press(keys);
          await page.getByRole('dialog').waitFor();
          await shoot(page, `${name}-${theme}-${language}-${size.width}`);
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'hidden' });
        }
      }
      const empty = new Workmate();
      try {
        await empty.serve();
        empty.call('settings.change', { key: 'theme', value: theme });
        empty.call('settings.change', { key: 'language', value: language });
        await empty.open(page);
        await shoot(page, `first-${theme}-${language}-${sizes.at(-1)?.width}`);
      } finally {
        await empty.end();
      }
    });
