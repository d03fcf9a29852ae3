import { mount } from 'svelte';

import App from './App.svelte';
import { chooseHost } from './host/choose';
import './look.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element #app');
if (import.meta.env.DEV && location.hash === '#/parts') {
  const { default: Parts } = await import('./testing/Parts.svelte');
  mount(Parts, { target });
} else {
  mount(App, { target, props: { host: await chooseHost() } });
}
