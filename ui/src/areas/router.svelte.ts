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

export class Router {
  route = $state.raw<Route>(parseRoute(location.hash));

  /** Make it while a component is set up: it listens as long as that lives. */
  constructor() {
    $effect(() => {
      const follow = () => (this.route = parseRoute(location.hash));
      window.addEventListener('hashchange', follow);
      return () => window.removeEventListener('hashchange', follow);
    });
  }
}

export function go(area: Area, id?: string): void {
  location.hash = href(area, id);
}
