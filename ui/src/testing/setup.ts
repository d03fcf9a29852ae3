// What jsdom lacks, and a clean window for every test.
import '@testing-library/jest-dom/vitest';
import { configure } from '@testing-library/svelte';
import { beforeEach } from 'vitest';

import { language } from '../text/language.svelte';

// As long as a busy computer may need.
configure({ asyncUtilTimeout: 20_000 });

window.matchMedia = (query) => {
  const list = new EventTarget() as MediaQueryList;
  return Object.assign(list, { matches: query.includes('reduced-motion'), media: query });
};
Element.prototype.scrollIntoView = () => undefined;
Element.prototype.animate = () => ({ cancel: () => undefined, finished: Promise.resolve() }) as unknown as Animation;
/** Says the one size that everything has here. */
class OneSize implements ResizeObserver {
  constructor(private readonly told: ResizeObserverCallback) {}
  observe(target: Element) {
    const box = [{ inlineSize: 400, blockSize: 400 }];
    const entry = { target, contentRect: target.getBoundingClientRect(), borderBoxSize: box, contentBoxSize: box };
    this.told([{ ...entry, devicePixelContentBoxSize: box }], this);
  }
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver = OneSize;
/** Everything is in view. */
class AllInView implements IntersectionObserver {
  readonly root = null;
  readonly rootMargin = '';
  readonly scrollMargin = '';
  readonly thresholds = [];
  constructor(private readonly told: IntersectionObserverCallback) {}
  observe(target: Element) {
    this.told([{ target, isIntersecting: true } as unknown as IntersectionObserverEntry], this);
  }
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}
window.IntersectionObserver = AllInView;
Object.defineProperty(HTMLElement.prototype, 'clientWidth', { get: () => 400 });

beforeEach(() => {
  localStorage.clear();
  location.hash = '';
  language.choice = 'en';
});
