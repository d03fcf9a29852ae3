// Which documents of a list are meant together.
import { SvelteSet } from 'svelte/reactivity';

import type { DocumentId } from '../../host/bindings';

export class Selection {
  #ids = new SvelteSet<DocumentId>();

  get size() {
    return this.#ids.size;
  }

  get ids(): DocumentId[] {
    return [...this.#ids];
  }

  has(id: DocumentId): boolean {
    return this.#ids.has(id);
  }

  toggle(id: DocumentId): void {
    if (!this.#ids.delete(id)) this.#ids.add(id);
  }

  none(): void {
    this.#ids.clear();
  }
}
