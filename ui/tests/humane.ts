// What a person meets in a view: texts that are cut, and controls that a screen reader cannot tell apart.
import type { Page } from '@playwright/test';

/**
 * Texts that are cut. A text is cut where its box hides what does not fit: beside it (`overflow` hidden or clip, with or
 * without "…"), below it (`line-clamp`), in a select (the chosen option is wider than the field) or in an empty field (its
 * placeholder is). It does not count where the element itself or one around it says the whole text as its `title`. Neither do
 * texts for screen readers alone, and what scrolls.
 */
export const cutTexts = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d');
    const widthOf = (text: string, style: CSSStyleDeclaration) => {
      if (!canvas) throw new Error('no canvas');
      canvas.font = style.font;
      return canvas.measureText(text).width;
    };
    const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
    const isTitled = (element: HTMLElement, text: string) => {
      for (let at: Element | null = element; at; at = at.parentElement)
        if (plain(at.getAttribute('title') ?? '').includes(text)) return true;
      return false;
    };
    const found: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push('the window scrolls sideways');
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const isSeen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      if (!isSeen || element.closest('.sr-only, [aria-hidden=true]') || element.clientWidth < 2) continue;
      const style = getComputedStyle(element);
      const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      let text = '';
      if (element instanceof HTMLSelectElement) {
        // The arrow stands in the padding, or takes a letter's width.
        const chosen = element.selectedOptions[0]?.text ?? '';
        if (widthOf(chosen, style) > room + 1) text = chosen;
      } else if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
        const isOneLine =
          element instanceof HTMLInputElement && element.type !== 'checkbox' && element.type !== 'radio';
        if (isOneLine && !element.value && widthOf(element.placeholder, style) > room + 1) text = element.placeholder;
      } else {
        const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
        const beside = hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
        const clamped = style.webkitLineClamp !== 'none' && element.scrollHeight > element.clientHeight + 2;
        if (beside || clamped) text = plain(element.innerText);
      }
      if (text && !isTitled(element, text))
        found.push(`${element.tagName.toLowerCase()}.${element.className}: ${text}`);
    }
    return found;
  });

/** Names that several buttons of the view have, and names of links that lead to different places, as they are read out. */
export async function sharedNames(page: Page): Promise<string[]> {
  const buttons: string[] = [];
  const links = new Map<string, Set<string>>();
  const lines = (await page.locator('body').ariaSnapshot()).split('\n');
  for (const [at, line] of lines.entries()) {
    const [, role, name] = /^\s*- (button|link) "(.*)"/.exec(line) ?? [];
    if (role === 'button' && name) buttons.push(name);
    const url = lines.slice(at + 1, at + 3).find((next) => next.includes('/url:'));
    if (role === 'link' && name && url) links.set(name, (links.get(name) ?? new Set()).add(url.trim()));
  }
  const twice = buttons.filter((name, at) => buttons.indexOf(name) !== at);
  const apart = [...links].filter(([, urls]) => urls.size > 1).map(([name]) => `link ${name}`);
  return [...new Set(twice), ...apart];
}
