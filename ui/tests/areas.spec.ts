// What holds in every area: no accessibility rule is broken, in any colours; nothing is cut off in a small window or
// with letters twice as large.
import { expect, test } from './app';
import { places, violations } from './axe';
import { cutOff } from './cut-off';

for (const theme of ['light', 'dark', 'high_contrast'] as const)
  test(`axe finds nothing in any area, ${theme}`, async ({ page, workmate }) => {
    workmate.call('settings.change', { key: 'theme', value: theme });
    const found: Record<string, string[]> = {};
    for (const place of places(workmate)) {
      await workmate.open(page, place);
      await page.locator(theme === 'high_contrast' ? '[data-contrast=more]' : `html[data-theme=${theme}]`).waitFor();
      const broken = await violations(page);
      if (broken.length) found[place] = broken;
    }
    expect(found).toEqual({});
  });

for (const [width, height, zoom] of [
  [900, 600, 100],
  [900, 600, 200],
  [1280, 800, 200],
  [3840, 2160, 100],
] as const)
  test(`nothing is cut off at ${width}×${height} with letters of ${zoom} %`, async ({ page, workmate }) => {
    await page.setViewportSize({ width, height });
    await page.addInitScript((zoom) => localStorage.setItem('zoom', String(zoom)), zoom);
    const found: Record<string, string[]> = {};
    for (const language of ['de', 'en'] as const) {
      workmate.call('settings.change', { key: 'language', value: language });
      for (const place of places(workmate)) {
        await workmate.open(page, place);
        const cut = await cutOff(page);
        if (cut.length) found[`${place} ${language}`] = cut;
      }
    }
    expect(found).toEqual({});
  });
