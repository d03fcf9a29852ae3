// Short messages at the lower edge, with an offer to undo. What went wrong stays until it is dismissed.
import type { StepId } from '../host/bindings';
import { HostFailure } from '../host/host';
import { failureText } from '../text/failures';

export interface Toast {
  id: number;
  text: string;
  /** Joy: something is done. */
  tone: 'calm' | 'joy' | 'trouble';
  action?: {
    label: string;
    /** The step of the history that it takes back. */
    step?: StepId;
    run: () => unknown;
  };
}

/** Long enough to read two lines. */
const SHOWN_MS = 5_000;
/** And to decide and reach the button. */
const OFFERED_MS = 10_000;
/** More than these would cover what one is working on. */
const AT_MOST = 2;

export class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 1;
  #timers: Record<number, ReturnType<typeof setTimeout>> = {};

  show(text: string, action?: Toast['action'], tone: Toast['tone'] = 'calm'): void {
    this.#add({ id: this.#next++, text, tone, action });
  }

  /** Says what went wrong. */
  trouble(text: string): void {
    this.#add({ id: this.#next++, text, tone: 'trouble' });
  }

  /** Runs something; if it fails, says why and gives undefined. */
  async attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (thrown) {
      this.trouble(failureText(HostFailure.from(thrown)));
      return undefined;
    }
  }

  /** Ends the offer to take a step back: it was taken back otherwise. */
  withdraw(step: StepId): void {
    for (const { id, action } of this.list) if (action?.step === step) this.dismiss(id);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
    this.hold(id);
  }

  /** Stays as long as it is pointed at or focused. */
  hold(id: number): void {
    clearTimeout(this.#timers[id]);
  }

  release(id: number): void {
    this.hold(id);
    const toast = this.list.find((toast) => toast.id === id);
    if (!toast || toast.tone === 'trouble') return;
    this.#timers[id] = setTimeout(() => this.dismiss(id), toast.action ? OFFERED_MS : SHOWN_MS);
  }

  #add(toast: Toast): void {
    // The same trouble again is one message, not two.
    const again = this.list.find(
      ({ tone, text }) => toast.tone === 'trouble' && tone === 'trouble' && text === toast.text,
    );
    if (again) this.dismiss(again.id);
    const others = this.list.filter(({ tone }) => tone !== 'trouble');
    for (const gone of others.slice(0, -(AT_MOST - 1))) if (toast.tone !== 'trouble') this.dismiss(gone.id);
    this.list = [...this.list, toast];
    this.release(toast.id);
  }
}
