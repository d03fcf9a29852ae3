import type { Toasts } from './toasts.svelte';

/** Puts a text on the clipboard, and says for a moment that it is there. */
export class Copying {
  isCopied = $state(false);
  #toasts: Toasts;

  constructor(toasts: Toasts) {
    this.#toasts = toasts;
  }

  async copy(text: string): Promise<void> {
    const write = () => navigator.clipboard.writeText(text).then(() => true);
    this.isCopied = (await this.#toasts.attempt(write)) ?? false;
    setTimeout(() => (this.isCopied = false), 2_000);
  }
}
