// What is on screen stays true: a Live value is fetched again when the engine says that it may have changed.
import { untrack } from 'svelte';

import { type Changed, DEPENDS_ON, type Noun } from './bindings';
import { HostFailure, type CommandName, type Host, type Input, type Output } from './host';
import { Requests } from './refetch';
import { recall, remember } from './remembered';

/** Can these changes alter the answer of a command? What that depends on is declared beside the command, in Rust. */
export function isStale(name: CommandName, input: unknown, changed: Changed): boolean {
  const touched = (noun: Noun) => {
    if (noun === 'this_document') return changed.documents.includes(idIn(input));
    const what = changed[noun];
    return typeof what === 'boolean' ? what : what.length > 0;
  };
  return changed.all || DEPENDS_ON[name].some(touched);
}

const idIn = (input: unknown) => (typeof input === 'object' && input && 'id' in input ? String(input.id) : '');

/** Calls `again` whenever the answer of a command may have changed. Use it while a component is set up. */
export function onStale(host: Host, name: CommandName, input: () => unknown, again: () => void): void {
  $effect(() =>
    host.subscribe((event) => {
      if (event.event === 'changed' && isStale(name, input(), event)) again();
    }),
  );
  // After a night's sleep of the computer "today" is another day.
  $effect(() => {
    const onVisible = () => document.visibilityState === 'visible' && again();
    document.addEventListener('visibilitychange', onVisible);
    return () => document.removeEventListener('visibilitychange', onVisible);
  });
}

/** The answer of a command, kept current. Make it while a component is set up. */
export class Live<C extends CommandName> {
  /** The newest answer; undefined until the first one. */
  value = $state.raw<Output<C>>();
  /** Why the newest attempt gave no answer. */
  failure = $state.raw<HostFailure>();
  readonly #requests: Requests;

  /** `input` is a function so that a change of what it reads fetches again; undefined fetches nothing. */
  constructor(
    private readonly host: Host,
    private readonly name: C,
    private readonly input: () => Input<C> | undefined,
  ) {
    this.#requests = new Requests(host, (isWanted) => this.#fetch(isWanted));
    let asked: string | undefined;
    $effect(() => {
      const question = JSON.stringify(this.input());
      // What it is made of may be new and say the same.
      if (question === asked) return;
      asked = question;
      if (question !== undefined) untrack(() => void this.#requests.ask());
    });
    $effect(() => () => this.#requests.end());
    onStale(host, name, input, () => this.#requests.stale());
  }

  /** Asks again. */
  refresh(): Promise<void> {
    return this.#requests.now();
  }

  async #fetch(isWanted: () => boolean): Promise<void> {
    const input = this.input();
    if (input === undefined) return;
    const key = `${this.name} ${JSON.stringify(input)}`;
    const known = recall(this.host, key) as Output<C> | undefined;
    if (known !== undefined && this.value === undefined) this.value = known;
    try {
      const value = await this.host.call(this.name, input);
      remember(this.host, key, value);
      if (!isWanted()) return;
      this.value = value;
      this.failure = undefined;
    } catch (thrown) {
      if (isWanted()) this.failure = HostFailure.from(thrown);
    }
  }
}
