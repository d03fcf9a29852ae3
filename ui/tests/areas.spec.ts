// What holds in every area: no accessibility rule is broken, in any colours; nothing is cut off in a small window or
// with letters twice as large.
import type { Page } from '@playwright/test';

import { expect, test } from './app';
import { places, violations } from './axe';

/** Texts that are cut off without a sign of it, and content wider than its place. */
const cutOff = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push('the window scrolls sideways');
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const style = getComputedStyle(element);
      const isSeen = element.checkVisibility({ visibilityProperty: true }) && !element.closest('.sr-only');
      if (!isSeen || element.clientWidth < 2) continue;
      const isWider = element.scrollWidth > element.clientWidth + 1;
      // Scrolling sideways is for pages of letters and the month, which say so.
      if (isWider && style.overflowX === 'auto' && !element.matches('[data-scrolls], :has(> [data-scrolls])'))
        found.push(`scrolls sideways: ${element.className}`);
      if (isWider && style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis' && element.innerText)
        found.push(`cut off: ${element.className}: ${element.innerText.slice(0, 60)}`);
    }
    return found;
  });

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
