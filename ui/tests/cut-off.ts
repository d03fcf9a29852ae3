// What does not fit on a page.
import type { Page } from '@playwright/test';

/** Texts that are cut off without a sign of it, and content wider than its place. */
export const cutOff = (page: Page) =>
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
