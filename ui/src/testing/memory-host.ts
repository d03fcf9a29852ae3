// The port to the engine, answered from memory: for tests only.
import type { AppEvent, Changed, Imported } from '../host/bindings';
import {
  HostFailure,
  type CommandResponse,
  type CommandName,
  type DropHandlers,
  type Host,
  type Input,
  type Output,
} from '../host/host';
import { backups, encryption, settings, status, today } from './samples';

type Answers = { [C in CommandName]?: (input: Input<C>) => Output<C> | Promise<Output<C>> };

export class MemoryHost implements Host {
  readonly showsInDesktop = true;
  /** Every call so far, oldest first. */
  readonly calls: { name: CommandName; input: unknown }[] = [];
  /** What becomes of the files chosen; undefined: none is chosen. */
  chosen?: Imported[];
  #handlers = new Set<(event: AppEvent) => void>();
  #drop?: DropHandlers;
  #answers: Answers;

  constructor(answers: Answers = {}) {
    const chosen = settings();
    this.#answers = {
      'status.get': () => status(),
      'settings.get': () => ({ ...chosen }),
      'settings.change': ({ key, value }) => Object.assign(chosen, { [key]: value }),
      'today.get': () => today(),
      'today.seen': () => null,
      'reminders.waiting': () => [],
      'bills.regular': () => ({ items: [], total: 0 }),
      'documents.suggestions': () => ({ kind: null, tags: [] }),
      'documents.list': () => ({ items: [], total: 1 }),
      'review.preview': () => [],
      'backup.get': () => backups(),
      'keys.list': () => [],
      'encryption.get': () => encryption(),
      // Only what is written as computers do; the engine knows words.
      'when.read': ({ text }) => ({
        day: /^\d{4}-\d\d-\d\d$/.test(text) ? text : null,
        time: /^\d\d:\d\d$/.test(text) ? `${text}:00` : null,
        recurrence: null,
      }),
      'tasks.list': () => ({ items: [], total: 0, place: null }),
      ...answers,
    };
  }

  /** Every answer says that it made a step, unless this is set. */
  changesNothing = false;

  async change<C extends CommandName>(name: C, input: Input<C>): Promise<CommandResponse<C>> {
    const output = await this.call(name, input);
    return { output, step: this.changesNothing ? null : `step-${this.calls.length}` };
  }

  async call<C extends CommandName>(name: C, input: Input<C>): Promise<Output<C>> {
    this.calls.push({ name, input });
    const answer = this.#answers[name] as ((input: Input<C>) => Output<C> | Promise<Output<C>>) | undefined;
    if (!answer) throw new HostFailure({ code: 'internal', message: `no answer for ${name}`, detail: null });
    return answer(input);
  }

  /** Answers a command so from now on. */
  answer<C extends CommandName>(name: C, answer: (input: Input<C>) => Output<C> | Promise<Output<C>>) {
    this.#answers = { ...this.#answers, [name]: answer };
  }

  /** Inputs of the calls of one command. */
  inputs(name: CommandName): unknown[] {
    return this.calls.filter((call) => call.name === name).map(({ input }) => input);
  }

  subscribe(handler: (event: AppEvent) => void) {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  }

  emit(event: AppEvent) {
    for (const handler of this.#handlers) handler(event);
  }

  emitChanged(changed: Partial<Changed>) {
    const nothing = {
      documents: [],
      tasks: [],
      correspondents: false,
      reminders: false,
      jobs: false,
      problems: false,
      settings: false,
      tags: false,
      views: false,
      backups: false,
      keys: false,
    };
    this.emit({ event: 'changed', ...nothing, all: false, ...changed });
  }

  pageUrl(document: string, page: number, width: number) {
    return `page:${document}/${page}?w=${width}`;
  }

  async addFiles() {
    return this.chosen;
  }

  onDrop(handlers: DropHandlers) {
    this.#drop = handlers;
    return () => (this.#drop = undefined);
  }

  get dropHandlers(): DropHandlers {
    if (!this.#drop) throw new Error('nobody listens for drops');
    return this.#drop;
  }
}
