// What is done goes away, and with it the button that was pressed: the focus then goes on where it was, not at the top of
// the window.
import type { Attachment } from 'svelte/attachments';

interface Stop {
  element: Element;
  /** Among its siblings. */
  place: number;
}

/** For the element that the areas are shown in. */
export const keepsFocus: Attachment<HTMLElement> = (main) => {
  /** From what is focused up to `main`. */
  let way: Stop[] = [];
  const remember = ({ target }: FocusEvent) => {
    way = [];
    for (let element = target as Element | null; element && element !== main; element = element.parentElement)
      way.push({ element, place: [...(element.parentElement?.children ?? [])].indexOf(element) });
  };
  const observer = new MutationObserver(() => {
    if (document.activeElement !== document.body || !way[0] || way[0].element.isConnected) return;
    const left = way.findIndex(({ element }) => element.isConnected);
    const parent = way[left]?.element ?? main;
    const gone = way.at(left === -1 ? -1 : left - 1);
    const beside = parent.children[Math.min(gone?.place ?? 0, parent.children.length - 1)];
    // No button: what was meant for the last one must not be done to the next one.
    const next = beside instanceof HTMLElement && beside.tabIndex < 0 ? beside : parent;
    if (!(next instanceof HTMLElement)) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  });
  main.addEventListener('focusin', remember);
  observer.observe(main, { childList: true, subtree: true });
  return () => {
    main.removeEventListener('focusin', remember);
    observer.disconnect();
  };
};

/** So long something may take to be drawn before nobody waits for it any more. */
const PATIENCE_MS = 5000;

/** Puts the focus on what `selector` names as soon as it is there, unless the person goes on before. */
export function focusWhenThere(main: HTMLElement, selector: string): void {
  const take = () =>
    [...main.querySelectorAll<HTMLElement>(selector)].some((element) => {
      if (element.tabIndex < 0) element.tabIndex = -1;
      // What is hidden does not take it.
      element.focus();
      return document.activeElement === element;
    });
  if (take()) return;
  const stop = new AbortController();
  const end = () => {
    stop.abort();
    observer.disconnect();
    clearTimeout(timer);
    if (document.activeElement === document.body) main.focus();
  };
  const observer = new MutationObserver(() => take() && end());
  const timer = setTimeout(end, PATIENCE_MS);
  observer.observe(main, { childList: true, subtree: true });
  for (const type of ['keydown', 'pointerdown']) window.addEventListener(type, end, { signal: stop.signal });
}
