// A reminder is seen when its task is shown in the focused window: the engine is told, and the rest of the day is silent.
import type { Attachment } from 'svelte/attachments';

import type { TaskId } from '../host/bindings';
import type { Host } from '../host/host';
import { Live } from '../host/live.svelte';

export class Seen {
  #host: Host;
  #waiting: Live<'reminders.waiting'>;
  /** Elements in view, with the task that each shows. */
  #inView: { element: Element; task: TaskId }[] = [];
  /** Reminders that the engine was told of; each once. */
  #told: string[] = [];

  /** Make it while a component is set up: it looks as long as that lives. */
  constructor(host: Host) {
    this.#host = host;
    this.#waiting = new Live(host, 'reminders.waiting', () => null);
    $effect(() => {
      const look = () => this.#look();
      look();
      window.addEventListener('focus', look);
      return () => window.removeEventListener('focus', look);
    });
  }

  /** For the element that shows a task. */
  task(id: TaskId): Attachment {
    return (element) => {
      const observer = new IntersectionObserver((entries) => {
        this.#leave(element);
        if (entries.at(-1)?.isIntersecting) this.#inView.push({ element, task: id });
        this.#look();
      });
      observer.observe(element);
      return () => {
        observer.disconnect();
        this.#leave(element);
      };
    };
  }

  #leave(element: Element): void {
    this.#inView = this.#inView.filter((other) => other.element !== element);
  }

  #look(): void {
    const waiting = this.#waiting.value ?? [];
    if (!document.hasFocus()) return;
    const tasks: TaskId[] = [];
    for (const { task, stage, next_at, state } of waiting) {
      const reminder = `${task} ${stage} ${next_at}`;
      if (!task || state !== 'delivered' || this.#told.includes(reminder)) continue;
      if (!this.#inView.some((shown) => shown.task === task)) continue;
      this.#told.push(reminder);
      tasks.push(task);
    }
    // That it was seen is told again with the next reminder; nothing is lost if it fails now.
    if (tasks.length) this.#host.call('reminders.seen', { tasks }).catch((thrown: unknown) => console.warn(thrown));
  }
}
