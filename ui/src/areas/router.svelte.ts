// Where in the window one is: the part of the address after #, so that back and links simply work.

export const AREAS = [
  'today',
  'review',
  'documents',
  'search',
  'tasks',
  'calendar',
  'cases',
  'correspondents',
  'contracts',
  'settings',
] as const;
/** `reminders` is the small window of its own, not to be reached by the sidebar. */
export type Area = (typeof AREAS)[number] | 'reminders';

export interface Route {
  area: Area;
  /** Id of the document or task that is shown. */
  id?: string;
  /** What had the focus when one left it, as a selector: known where one comes back to it. */
  left?: string;
}

/** `#/documents/0193…` → area and id; anything unknown is Today. */
export function parseRoute(hash: string): Route {
  const [name, id] = hash.replace(/^#\/?/, '').split('/');
  const area = ([...AREAS, 'reminders'] as const).find((area) => area === name);
  if (!area) return { area: 'today' };
  return id ? { area, id: decodeURIComponent(id) } : { area };
}

/** The address of a route, for links. */
export const href = (area: Area, id?: string) => `#/${area}${id ? `/${encodeURIComponent(id)}` : ''}`;

/** Where a thing is shown that one comes to from elsewhere. */
const OF_THINGS: readonly Area[] = ['review', 'documents', 'tasks', 'calendar', 'cases', 'correspondents'];

/** What can be found again when it is drawn anew, by what it is about. */
const NAMES = ['href', 'data-hit', 'data-task', 'data-id', 'aria-labelledby'];

/** What has the focus, as a selector of it or of the nearest thing around it that can be found again. */
export function focusedThing(): string | undefined {
  for (let at = document.activeElement; at && at.id !== 'content'; at = at.parentElement) {
    const name = NAMES.find((name) => at?.hasAttribute(name));
    if (!name) continue;
    const value = at.getAttribute(name) ?? '';
    const selector = `[${name}="${CSS.escape(value)}"]`;
    // A hit of the search leads to its document by a link beside it.
    const id = name === 'href' && parseRoute(value).id;
    return id ? `${selector}, [data-hit="${CSS.escape(id)}"]` : selector;
  }
  return undefined;
}

export class Router {
  route = $state.raw<Route>(parseRoute(location.hash));
  /** How many places of the window one has come through; each place in the history of the window knows its number. */
  #place = placeNow() ?? 0;
  /** What had the focus in each of them. */
  #left: (string | undefined)[] = [];

  /** Make it while a component is set up: it listens as long as that lives. */
  constructor() {
    $effect(() => {
      const follow = () => {
        const known = placeNow();
        // The news of an address that was there before this began.
        if (known === this.#place) return;
        this.#left[this.#place] = focusedThing();
        const left = known !== undefined && known < this.#place ? this.#left[known] : undefined;
        this.#place = known ?? this.#place + 1;
        history.replaceState({ place: this.#place }, '');
        this.route = { ...parseRoute(location.hash), ...(left ? { left } : {}) };
      };
      history.replaceState({ place: this.#place }, '');
      window.addEventListener('hashchange', follow);
      return () => window.removeEventListener('hashchange', follow);
    });
  }

  /** A single thing is shown, which one can leave. */
  get showsThing(): boolean {
    return this.route.id !== undefined && OF_THINGS.includes(this.route.area);
  }

  /** Leaves the thing that is shown: to where one came from, or else to the list that it is in. */
  back(): void {
    if (this.#place > 0) history.back();
    else go(this.route.area);
  }
}

function placeNow(): number | undefined {
  const state: unknown = history.state;
  return state !== null && typeof state === 'object' && 'place' in state && typeof state.place === 'number'
    ? state.place
    : undefined;
}

export function go(area: Area, id?: string): void {
  location.hash = href(area, id);
}
