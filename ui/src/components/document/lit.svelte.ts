// Which fact is lit: the one pointed at or focused, in the list or on the page. List and page light each other.
import { tick } from 'svelte';

import type { Field } from '../../host/bindings';

export class Lit {
  pointed = $state<Field>();
  focused = $state<Field>();
  readonly field = $derived(this.pointed ?? this.focused);

  /** Goes to a fact in the list, where it may have to be unfolded first. */
  async reach(field: Field): Promise<void> {
    this.focused = field;
    await tick();
    document.querySelector<HTMLElement>(`[data-fact="${field}"]`)?.focus();
  }
}
