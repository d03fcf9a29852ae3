// A long list of documents, fetched in portions around what is looked at.
import { untrack } from 'svelte';

import type { DocumentQuery, DocumentRow } from '../../host/bindings';
import { HostFailure, type Host } from '../../host/host';

/** Rows fetched at a time. */
const PORTION = 100;

export class Portions {
  /** How many there are in all; undefined until the first answer. */
  total = $state<number>();
  failure = $state.raw<HostFailure>();
  #portions = $state.raw<Readonly<Record<number, readonly DocumentRow[]>>>({});
  #asked: number[] = [];
  /** Answers to an earlier question are dropped. */
  #turn = 0;
  #shown: [number, number] = [0, 0];

  /** `query` is a function so that a change of what it reads asks anew. Make it while a component is set up. */
  constructor(
    private readonly host: Host,
    private readonly query: () => DocumentQuery,
  ) {
    $effect(() => {
      this.query();
      untrack(() => this.refresh());
    });
    $effect(() =>
      host.subscribe((event) => {
        if (event.event === 'changed' && (event.all || event.documents.length)) this.refresh();
      }),
    );
  }

  /** The row at a place, if it is there already. */
  row(index: number): DocumentRow | undefined {
    return this.#portions[Math.floor(index / PORTION)]?.[index % PORTION];
  }

  /** All rows that are there, with their places. */
  *rows(): Iterable<DocumentRow> {
    for (const portion of Object.values(this.#portions)) yield* portion;
  }

  /** Says which places are looked at: these are fetched, and the portion that comes next in either direction. */
  show(from: number, to: number): void {
    this.#shown = [from, to];
    const last = Math.floor(Math.max(0, (this.total ?? 1) - 1) / PORTION);
    const [first, end] = [Math.floor(from / PORTION), Math.floor(to / PORTION)];
    for (let portion = first; portion <= end; portion++) void this.#fetch(portion);
    if (this.total === undefined) return;
    if (end < last) void this.#fetch(end + 1);
    if (first > 0) void this.#fetch(first - 1);
  }

  /** Asks again; what is on screen stays until the answer is there. */
  refresh(): void {
    this.#turn++;
    this.#asked = [];
    this.show(...this.#shown);
  }

  async #fetch(portion: number): Promise<void> {
    if (this.#asked.includes(portion)) return;
    this.#asked.push(portion);
    const turn = this.#turn;
    try {
      const query = { ...this.query(), limit: PORTION, offset: portion * PORTION };
      const { items, total } = await this.host.call('documents.list', query);
      if (turn !== this.#turn) return;
      // Those of the earlier question go when the first answer to the new one comes.
      const kept = Object.entries(this.#portions).filter(([other]) => this.#asked.includes(Number(other)));
      this.#portions = { ...Object.fromEntries(kept), [portion]: items };
      // A portion after the end knows nothing of the others.
      if (items.length || portion === 0) this.total = total;
      this.failure = undefined;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.#asked = this.#asked.filter((other) => other !== portion);
      this.failure = HostFailure.from(thrown);
    }
  }
}
