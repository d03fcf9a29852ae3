// The fact that is being corrected, if any, and the words taken from the page for it.
import type { Evidence, Field } from '../../host/bindings';

export class Correction {
  #field = $state<Field>();
  #words = $state.raw<Evidence>();
  /** What is typed for it so far. */
  draft = $state<string>();

  /** The field that is being corrected. */
  get field() {
    return this.#field;
  }

  /** Words just taken from the page for it. */
  get words() {
    return this.#words;
  }

  start(field: Field | undefined) {
    this.#field = field;
    this.#words = undefined;
    this.draft = undefined;
  }

  end() {
    this.start(undefined);
  }

  /** Takes words for the field being corrected, or else begins to correct this one with them. */
  take(words: Evidence, otherwise: Field | undefined) {
    if (!this.#field) this.start(otherwise);
    if (this.#field) this.#words = words;
  }
}
