// Light, dark or strong contrast: the setting, else the system's.
import type { Theme } from '../host/bindings';

/** A wish of the system that can change. */
class Wish {
  is = $state(false);

  constructor(query: string) {
    const list = matchMedia(query);
    this.is = list.matches;
    list.addEventListener('change', ({ matches }) => (this.is = matches));
  }
}

class CurrentTheme {
  /** The setting. */
  choice = $state<Theme>('system');
  #dark = new Wish('(prefers-color-scheme: dark)');
  #more = new Wish('(prefers-contrast: more)');
  readonly shown = $derived(
    this.choice === 'light' || this.choice === 'dark' ? this.choice : this.#dark.is ? 'dark' : 'light',
  );
  readonly contrast = $derived(this.choice === 'high_contrast' || this.#more.is ? 'more' : 'usual');
}

export const theme = new CurrentTheme();
