// What can be done at the moment, by key or from the palette: each area offers its commands as long as it is shown.
import { untrack } from 'svelte';

import { COMMANDS, type CommandId, matches } from './command-list';

/**
 * What a command does. While a promise that it gives back is open, the same command is not begun again. `false`: there was nothing
 * to do, and its key means what the part of the window below says.
 */
type Deed = (event?: KeyboardEvent) => unknown;
type Deeds = Partial<Record<CommandId, Deed>>;

interface Offer {
  /** How many had been made before. */
  turn: number;
  deeds: Deeds;
}

export class Offers {
  /** What came last first. No state: while effects are taken down, state has the values of before. */
  #offered: readonly Offer[] = [];
  #count = 0;
  #version = $state(0);
  #running: readonly CommandId[] = [];

  /** What is offered and can be chosen by name, in the order of the list. */
  get ids(): CommandId[] {
    void this.#version;
    return COMMANDS.filter((command) => !('byKey' in command))
      .map(({ id }) => id)
      .filter((id) => this.#deed(id));
  }

  /**
   * Offers commands; call it while a component is set up. `undefined` takes one back. What changes later is asked in the same
   * turn as before.
   */
  offer(deeds: () => Deeds): void {
    const turn = this.#count++;
    $effect(() => {
      const mine = { turn, deeds: deeds() };
      this.#set([...this.#offered, mine].sort((one, other) => other.turn - one.turn));
      return () => this.#set(this.#offered.filter((other) => other !== mine));
    });
  }

  run(id: CommandId): void {
    this.#do(id, this.#deed(id));
  }

  /** Does what a key stands for; the part of the window that came last is asked first. */
  onkeydown(event: KeyboardEvent): void {
    if (event.defaultPrevented || needsKey(event)) return;
    for (const { deeds } of this.#offered) {
      const command = COMMANDS.find(({ id, keys }) => deeds[id] && keys.some((key) => matches(key, event)));
      if (!command || this.#do(command.id, deeds[command.id], event) === false) continue;
      event.preventDefault();
      return;
    }
  }

  #do(id: CommandId, deed: Deed | undefined, event?: KeyboardEvent): unknown {
    if (this.#running.includes(id)) return undefined;
    const done = deed?.(event);
    if (!(done instanceof Promise)) return done;
    this.#running = [...this.#running, id];
    void done.finally(() => (this.#running = this.#running.filter((other) => other !== id)));
    return undefined;
  }

  #set(offered: readonly Offer[]): void {
    this.#offered = offered;
    untrack(() => this.#version++);
  }

  #deed(id: CommandId): Deed | undefined {
    return this.#offered.find(({ deeds }) => deeds[id])?.deeds[id];
  }
}

/** Does what is focused need this key itself: to type, to press, to scroll, to choose? */
function needsKey(event: KeyboardEvent): boolean {
  const isIn = (selector: string) => event.target instanceof Element && event.target.closest(selector) !== null;
  if (event.ctrlKey || event.metaKey) {
    // Writing has its own undo, and its own end of the line.
    return isIn('input, textarea') && ['z', 'y', 'a'].includes(event.key.toLowerCase());
  }
  if (isIn('input:not([type="checkbox"]), textarea, select, [role="menu"], [role="dialog"]')) return true;
  if (event.key === 'Enter') return isIn('button, [role="button"], a, summary, input');
  // On a link Space is free; on a button it presses it.
  if (event.key === ' ') return isIn('button, summary, input');
  return event.key.startsWith('Arrow') && isIn('[data-scrolls], [role="radiogroup"]');
}
