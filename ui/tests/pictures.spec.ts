// Every area looks as it did, in both themes and languages. After a wanted change: `npm run browser -- pictures -u`.
import { expect, test as base } from '@playwright/test';

import { Workmate } from './app';
import { places } from './axe';

/** A profile of its own: other tests change what is to be seen. */
const test = base.extend<{ workmate: Workmate }>({
  workmate: async ({}, use) => {
    const workmate = new Workmate();
    workmate.importSamples();
    await workmate.serve();
    await use(workmate);
    await workmate.end();
  },
});

// Small, so that all of them weigh little.
test.use({ viewport: { width: 900, height: 600 } });

for (const theme of ['light', 'dark'] as const)
  for (const language of ['de', 'en'] as const)
    test(`nothing looks different: ${theme}, ${language}`, async ({ page, workmate }) => {
      workmate.call('settings.change', { key: 'theme', value: theme });
      workmate.call('settings.change', { key: 'language', value: language });
      for (const place of places(workmate)) {
        await workmate.open(page, place);
        await page.locator(`html[lang="${language}"][data-theme="${theme}"]`).waitFor();
        // The pictures of pages are drawn when they are first asked for.
        await page.waitForFunction(() => [...document.images].every((image) => image.complete));
        await page.evaluate(() => document.fonts.ready.then(() => undefined));
        const area = place.includes('/') ? 'document' : place;
        await expect(page).toHaveScreenshot(`${area}-${theme}-${language}.png`);
      }
    });
