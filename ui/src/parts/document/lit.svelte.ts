// Which fact is lit: the one pointed at or focused, in the list or on the page. List and page light each other.
import type { Field } from '../../host/bindings';

export class Lit {
  pointed = $state<Field>();
  focused = $state<Field>();
  readonly field = $derived(this.pointed ?? this.focused);
}
