// What is shown in each area. Each is loaded when it is first needed, or when there is nothing else to do.
import type { Component } from 'svelte';

import type { Settings, StatusView } from '../host/bindings';
import type { Area } from './router.svelte';

/** What an area is given; each takes what it needs. */
export interface AreaProps {
  id?: string;
  settings?: Settings;
  status?: StatusView;
}

/** An area that takes none of these properties has no type in common with one that takes them. */
type Loader = () => Promise<{ default: unknown }>;

const LOADERS: Record<Area, Loader> = {
  today: () => import('./today/Today.svelte'),
  review: () => import('./review/Review.svelte'),
  documents: () => import('./documents/Documents.svelte'),
  search: () => import('./search/Search.svelte'),
  tasks: () => import('./tasks/Tasks.svelte'),
  calendar: () => import('./calendar/Calendar.svelte'),
  cases: () => import('./cases/Cases.svelte'),
  correspondents: () => import('./correspondents/Correspondents.svelte'),
  contracts: () => import('./contracts/Contracts.svelte'),
  settings: () => import('./settings/Settings.svelte'),
  reminders: () => import('./reminders/Reminders.svelte'),
};

const loaded = new Map<Area, Component<AreaProps>>();

/** The component of an area: at once when it is there already. */
export function componentOf(area: Area): Component<AreaProps> | Promise<Component<AreaProps>> {
  return loaded.get(area) ?? load(area);
}

/** Fetches the other areas while nobody waits, so that none is waited for. */
export async function loadAll(): Promise<void> {
  for (const area of Object.keys(LOADERS) as Area[]) await load(area);
}

async function load(area: Area): Promise<Component<AreaProps>> {
  const component = (await LOADERS[area]()).default as Component<AreaProps>;
  loaded.set(area, component);
  return component;
}
