// Pictures of every area in both themes and languages: `make screenshots`. To look at, and for README.
import { type Workmate, test } from './app';

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
    ['about', 'settings/about'],
  ];
};

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
          // The pictures of pages are drawn when they are first asked for.
          await page.waitForFunction(() => [...document.images].every((image) => image.complete));
          await page.evaluate(() => document.fonts.ready.then(() => undefined));
          await page.screenshot({ path: `${out}/${name}-${theme}-${language}-${size.width}.png` });
        }
      }
    });
