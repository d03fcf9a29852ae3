// Walking by key through what an area lists, and doing something to the one that one has come to: J, K, Enter, E, S, Escape.
// What is listed has `data-item`, or is named by a selector; its buttons that keys press have `data-does`. Of a line without
// buttons of its own, `data-task` or a link says which task it is.
import { tick } from 'svelte';

import { parseRoute } from '../areas/router.svelte';
import type { CommandId } from './command-list';

type Deeds = Partial<Record<CommandId, () => unknown>>;

const content = () => document.getElementById('content');
const ITEM = '[data-item]';
let selector = ITEM;
const items = () => [...(content()?.querySelectorAll<HTMLElement>(selector) ?? [])];

/** What of an item takes the focus: itself, or the part that is a button or a link already. */
const target = (item: HTMLElement) => item.querySelector<HTMLElement>('[data-focus]') ?? item;

/** The item that has the focus, or had it last: the palette and dialogs take it away for a moment. */
let last: HTMLElement | undefined;
function current(): HTMLElement | undefined {
  const focused = document.activeElement;
  const item = focused?.closest<HTMLElement>(selector);
  if (item) last = item;
  else if (content()?.contains(focused) && focused !== content()) last = undefined;
  return last?.isConnected ? last : undefined;
}

async function move(by: 1 | -1): Promise<void> {
  const all = items();
  const [at, focused] = [current(), document.activeElement];
  // Where something has gone, the focus is on what is around the next one.
  const isInside = focused !== content() && content()?.contains(focused);
  const around = at || !isInside ? undefined : all.find((item) => focused?.contains(item));
  // One begins with what is to be done; what has only happened, above it, is reached from there.
  const begin = Math.max(
    0,
    all.findIndex((item) => item.dataset.happened === undefined),
  );
  const place = at ? all.indexOf(at) + by : around ? all.indexOf(around) : by > 0 ? begin : all.length - 1;
  const next = all[place];
  if (!next) {
    if (place < 0) content()?.querySelector<HTMLElement>('[data-search-box]')?.focus();
    return;
  }
  last = next;
  const to = target(next);
  if (to.tabIndex < 0) to.tabIndex = -1;
  to.focus();
  next.scrollIntoView?.({ block: 'nearest' });
  await tick();
}

function press(button: HTMLElement): void {
  // A menu opens by key, not by a click without a pointer.
  if (button.getAttribute('aria-haspopup') !== 'menu') return button.click();
  button.focus();
  button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
}

/** The buttons of an item itself: another task of the same card is an item of its own. */
const ownButton = (item: HTMLElement | undefined, what: string) =>
  [...(item?.querySelectorAll<HTMLElement>(`[data-does="${what}"]`) ?? [])].find(
    (button) => button.closest(ITEM) === item || !item?.matches(ITEM),
  );

/** Goes to the first item, as from a search box. */
export const walkIn = () => void move(1);

/** The task that a line is about. */
function taskOf(item: HTMLElement | undefined): string | undefined {
  const link = item?.querySelector<HTMLAnchorElement>('a[href^="#/tasks/"]');
  return item?.dataset.task ?? (link ? parseRoute(link.hash).id : undefined);
}

/** Nobody has gone anywhere yet since the area or its thing was opened. */
const isFresh = () => {
  const focused = document.activeElement;
  return !focused || focused === document.body || focused === content() || focused.matches('[data-title-of]');
};

/**
 * `ask` shows the task of an item that has no buttons of its own; `among`: which items are walked through. `ofOne`: they are all
 * about the one thing that is shown.
 */
export function walking(
  ask: (task: string, what: 'done' | 'later') => void,
  { among, ofOne }: { among?: string; ofOne?: boolean } = {},
): Deeds {
  selector = among ?? ITEM;
  const does = (what: 'open' | 'done' | 'later') => async () => {
    // Enter opens the first one where nobody has walked yet: paying what matters most is two keys. What ends something never
    // guesses: of the thing that is shown it may mean the only one, and of several it leads to the first.
    if (!current() && (what === 'open' || ofOne)) {
      const isMeant = what === 'open' || (isFresh() && items().length === 1);
      await move(1);
      if (!isMeant) return;
    }
    const item = current();
    const button = ownButton(item, what);
    if (button) press(button);
    else if (what === 'open') (item?.matches('a') ? item : item?.querySelector<HTMLElement>('a[href]'))?.click();
    else {
      const task = taskOf(item);
      if (task) ask(task, what);
    }
  };
  return {
    item_next: () => move(1),
    item_previous: () => move(-1),
    item_open: does('open'),
    item_done: does('done'),
    item_later: does('later'),
    item_close: () => {
      const item = current();
      const inItem = item?.querySelector<HTMLElement>('[aria-expanded="true"], details[open] > summary');
      // Beside the items, what the focused button has unfolded.
      const open = inItem ?? content()?.querySelector<HTMLElement>('[aria-expanded="true"]:focus');
      if (!open) return false;
      open.click();
      if (item && inItem) target(item).focus();
      return true;
    },
  };
}
