// Light or dark: the setting, else the system's.
import type { Theme } from '../host/bindings';

class CurrentTheme {
  /** The setting. */
  choice = $state<Theme>('system');
  #systemIsDark = $state(false);
  readonly shown = $derived(this.choice === 'system' ? (this.#systemIsDark ? 'dark' : 'light') : this.choice);

  constructor() {
    const system = matchMedia('(prefers-color-scheme: dark)');
    this.#systemIsDark = system.matches;
    system.addEventListener('change', ({ matches }) => (this.#systemIsDark = matches));
  }
}

export const theme = new CurrentTheme();
