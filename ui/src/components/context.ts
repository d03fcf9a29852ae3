// What every part of the window can reach, set once by App.
import { createContext } from 'svelte';

import type { Host } from '../host/host';
import type { Actions } from '../actions/actions';
import type { Seen } from './seen.svelte';
import type { Offers } from './offers.svelte';
import type { Toasts } from './toasts.svelte';

export const [getHost, setHost] = createContext<Host>();
export const [getToasts, setToasts] = createContext<Toasts>();
export const [getActions, setActions] = createContext<Actions>();
export const [getSeen, setSeen] = createContext<Seen>();
export const [getOffers, setOffers] = createContext<Offers>();
