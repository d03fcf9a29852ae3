// What is on screen stays true: a Live value is fetched again when the engine says that it may have changed.
import { untrack } from 'svelte';

import type { Changed } from './bindings';
import { HostFailure, type CommandName, type Host, type Input, type Output } from './host';
import { recall, remember } from './remembered';

/** Which changes can alter the answer of a command; a command that is not listed depends on all of them. */
const DEPENDS: Partial<Record<CommandName, (changed: Changed) => boolean>> = {
  'status.get': (c) => c.jobs || c.problems || c.settings || c.reminders || c.documents.length > 0,
  'today.get': (c) => c.documents.length > 0 || c.tasks.length > 0 || c.reminders || c.settings,
  'documents.list': (c) => c.documents.length > 0 || c.correspondents,
  'documents.words': () => false,
  'documents.get': (c) => c.documents.length > 0 || c.tasks.length > 0 || c.correspondents,
  'review.list': (c) => c.documents.length > 0,
  'review.clear': (c) => c.documents.length > 0,
  'correspondents.list': (c) => c.documents.length > 0 || c.correspondents,
  'correspondents.get': (c) => c.documents.length > 0 || c.correspondents,
  'cases.list': (c) => c.documents.length > 0 || c.tasks.length > 0,
  'cases.get': (c) => c.documents.length > 0 || c.tasks.length > 0 || c.correspondents || c.reminders,
  'documents.suggestions': (c) => c.documents.length > 0,
  'rules.list': (c) => c.documents.length > 0 || c.correspondents,
  'contracts.list': (c) => c.documents.length > 0 || c.tasks.length > 0,
  'bills.regular': (c) => c.documents.length > 0,
  'tasks.list': (c) => c.tasks.length > 0 || c.reminders || c.settings,
  'tasks.get': (c) => c.tasks.length > 0 || c.reminders || c.settings,
  'reminders.waiting': (c) => c.tasks.length > 0 || c.documents.length > 0 || c.reminders,
  'reminders.history': (c) => c.reminders,
  'settings.get': (c) => c.settings,
};

/** The answer of a command, kept current. Make it while a component is set up. */
export class Live<C extends CommandName> {
  /** The newest answer; undefined until the first one. */
  value = $state.raw<Output<C>>();
  /** Why the newest attempt gave no answer. */
  failure = $state.raw<HostFailure>();
  #asked = 0;
  #answered = 0;

  /** `input` is a function so that a change of what it reads fetches again; undefined fetches nothing. */
  constructor(
    private readonly host: Host,
    private readonly name: C,
    private readonly input: () => Input<C> | undefined,
  ) {
    $effect(() => {
      const input = this.input();
      if (input !== undefined) void this.#fetch(input);
    });
    $effect(() =>
      host.subscribe((event) => {
        if (event.event === 'changed' && (event.all || (DEPENDS[name]?.(event) ?? true))) void this.refresh();
      }),
    );
    // After a night's sleep of the computer "today" is another day.
    $effect(() => {
      const onVisible = () => document.visibilityState === 'visible' && void this.refresh();
      document.addEventListener('visibilitychange', onVisible);
      return () => document.removeEventListener('visibilitychange', onVisible);
    });
  }

  /** Asks again. */
  async refresh(): Promise<void> {
    const input = this.input();
    if (input !== undefined) await this.#fetch(input);
  }

  async #fetch(input: Input<C>): Promise<void> {
    const turn = ++this.#asked;
    const key = `${this.name} ${JSON.stringify(input)}`;
    const known = recall(this.host, key) as Output<C> | undefined;
    if (known !== undefined && untrack(() => this.value) === undefined) this.value = known;
    try {
      const value = await this.host.call(this.name, input);
      remember(this.host, key, value);
      // An answer that was overtaken by a newer one is out of date.
      if (turn < this.#answered) return;
      this.value = value;
      this.failure = undefined;
    } catch (thrown) {
      if (turn < this.#answered) return;
      this.failure = HostFailure.from(thrown);
    }
    this.#answered = turn;
  }
}
