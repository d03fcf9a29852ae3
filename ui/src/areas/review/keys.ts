// The keys of Review.

export type KeyCommand = 'accept' | 'next' | 'previous' | 'edit';

/** What a key means here; undefined where something is typed, pressed or scrolled that needs the key itself. */
export function keyCommand(event: KeyboardEvent): KeyCommand | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const isIn = (selector: string) => event.target instanceof Element && event.target.closest(selector) !== null;
  if (isIn('input, textarea, select, [role="menu"], [role="dialog"]')) return undefined;
  switch (event.key) {
    case 'Enter':
      return isIn('button, a, summary') ? undefined : 'accept';
    case 'ArrowDown':
      return isIn('[data-scrolls]') ? undefined : 'next';
    case 'ArrowUp':
      return isIn('[data-scrolls]') ? undefined : 'previous';
    case 'j':
      return 'next';
    case 'k':
      return 'previous';
    case 'e':
      return 'edit';
    default:
      return undefined;
  }
}
