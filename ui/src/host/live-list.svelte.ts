// A long list, kept current like a Live value, of which only the pages around what is looked at are fetched.
import { untrack } from 'svelte';

import { HostFailure, type CommandName, type Host, type Input, type Output } from './host';
import { onStale } from './live.svelte';
import { Requests } from './refetch';
import { recall, remember } from './remembered';

/** Commands that give a list page by page. */
export type ListCommand = {
  [C in CommandName]: Output<C> extends { items: readonly unknown[]; total: number } ? C : never;
}[CommandName];
export type Item<C extends ListCommand> = Output<C>['items'][number];
export type ListQuery<C extends ListCommand> = Omit<NonNullable<Input<C>>, 'limit' | 'offset'>;

/** So many pages away from what is looked at are forgotten. */
const KEEP = 5;

export class LiveList<C extends ListCommand> {
  /** How many there are in all; undefined until the first answer. */
  total = $state<number>();
  /** The newest answer: for what it says beside its rows. */
  answer = $state.raw<Output<C>>();
  failure = $state.raw<HostFailure>();
  #pages = $state.raw<Readonly<Record<number, readonly Item<C>[]>>>({});
  /** Pages that are as the engine has them. */
  #fresh: readonly number[] = [];
  readonly #requests: Requests;
  #shown: [number, number] = [0, 0];
  /** The pages beside what is looked at are wanted, too: only while somebody moves. */
  #moving = false;
  /** What is on screen answers an earlier question. */
  #outdated = false;

  /**
   * `query` is a function so that a change of what it reads asks anew; undefined asks for nothing. `size`: rows on a
   * page. Make it while a component is set up.
   */
  constructor(
    private readonly host: Host,
    private readonly name: C,
    private readonly query: () => ListQuery<C> | undefined,
    private readonly size = 100,
  ) {
    this.#requests = new Requests(host, (isWanted) => this.#fetch(isWanted));
    let asked: string | undefined;
    $effect(() => {
      const question = JSON.stringify(this.query());
      if (question === asked) return;
      asked = question;
      if (question === undefined) return;
      untrack(() => {
        this.#outdated = true;
        this.#fresh = [];
        void this.#requests.ask();
      });
    });
    $effect(() => () => this.#requests.end());
    onStale(host, name, query, () => {
      this.#fresh = [];
      this.#requests.stale();
    });
  }

  /** The row at a place, if it is there already. */
  row(index: number): Item<C> | undefined {
    return this.#pages[Math.floor(index / this.size)]?.[index % this.size];
  }

  /** All rows that are there, in their order. */
  *rows(): Iterable<Item<C>> {
    for (const page of Object.values(this.#pages)) yield* page;
  }

  /** The place of the first row that is there and for which `is` holds; -1 if there is none. */
  find(is: (row: Item<C>) => boolean): number {
    for (const [page, rows] of Object.entries(this.#pages)) {
      const at = rows.findIndex(is);
      if (at >= 0) return Number(page) * this.size + at;
    }
    return -1;
  }

  /** Says which places are looked at: these are fetched, and the page that comes next in either direction. */
  show(from: number, to: number): void {
    if (this.#moving && from === this.#shown[0] && to === this.#shown[1]) return;
    this.#shown = [from, to];
    this.#moving = true;
    this.#fetchMissing();
  }

  /** Asks again; what is on screen stays until the answer is there. */
  refresh(): Promise<void> {
    this.#fresh = [];
    return this.#requests.now();
  }

  /** The page that is wanted most of those that are not there. */
  #missing(): number | undefined {
    const last = Math.floor(Math.max(0, (untrack(() => this.total) ?? 1) - 1) / this.size);
    const pageOf = (place: number) => Math.min(last, Math.max(0, Math.floor(place / this.size)));
    const [first, end] = [pageOf(this.#shown[0]), pageOf(this.#shown[1])];
    const wanted = Array.from({ length: end - first + 1 }, (_, at) => first + at);
    const missing = wanted.find((page) => !this.#fresh.includes(page));
    if (missing !== undefined || !this.#moving || this.total === undefined) return missing;
    // Those beside it are there before one gets to them; whether they are current matters only then.
    const beside = [Math.min(last, end + 1), Math.max(0, first - 1)];
    return beside.find((page) => !(page in this.#pages));
  }

  async #fetch(isWanted: () => boolean): Promise<void> {
    const [query, page] = [this.query(), this.#missing()];
    if (query === undefined || page === undefined) return;
    const input = { ...query, limit: this.size, offset: page * this.size } as Input<C>;
    const key = `${this.name} ${JSON.stringify(input)}`;
    const known = recall(this.host, key) as Output<C> | undefined;
    if (known !== undefined && this.total === undefined) this.#take(page, known);
    // What changes from now on makes the answer stale again.
    this.#fresh = [...this.#fresh, page];
    try {
      const answer = await this.host.call(this.name, input);
      remember(this.host, key, answer);
      if (!isWanted()) return;
      this.#take(page, answer);
      this.failure = undefined;
    } catch (thrown) {
      if (!isWanted()) return;
      this.#fresh = this.#fresh.filter((other) => other !== page);
      this.failure = HostFailure.from(thrown);
      return;
    }
    this.#fetchMissing();
  }

  /** What is not there at all is fetched at once; what is there and stale waits for its turn. */
  #fetchMissing(): void {
    const page = this.#missing();
    if (page === undefined) return;
    if (untrack(() => this.#pages)[page]) this.#requests.stale();
    else void this.#requests.now();
  }

  #take(page: number, answer: Output<C>): void {
    const near = ([other]: [string, unknown]) => Math.abs(Number(other) - page) <= KEEP;
    const kept = this.#outdated ? {} : Object.fromEntries(Object.entries(this.#pages).filter(near));
    this.#pages = { ...kept, [page]: answer.items };
    this.#outdated = false;
    this.total = answer.total;
    this.answer = answer;
  }
}
