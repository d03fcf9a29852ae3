import { mount } from 'svelte';

import App from './App.svelte';
import { chooseHost } from './host/choose';
import { ADDRESS, tauriLock } from './host/lock';
import './base.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element #app');
if (import.meta.env.DEV && location.hash === '#/components') {
  const { default: Components } = await import('./testing/Components.svelte');
  mount(Components, { target });
} else if (location.hash === ADDRESS) {
  const { default: Lock } = await import('./Lock.svelte');
  mount(Lock, { target, props: { host: tauriLock() } });
} else {
  mount(App, { target, props: { host: await chooseHost() } });
}
