// Short messages at the lower edge, with an offer to undo.
import { HostFailure } from '../host/host';
import { failureText } from '../text/failures';

export interface Toast {
  id: number;
  text: string;
  /** Joy: something is done. */
  tone: 'calm' | 'joy' | 'trouble';
  action?: { label: string; run: () => void };
}

/** Long enough to read two lines. */
const SHOWN_MS = 5_000;
/** And to decide and reach the button. */
const OFFERED_MS = 10_000;
/** More than these would cover what one is working on. */
const AT_MOST = 3;

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

  /** Like `attempt`, for what can be undone: offers to undo an earlier change end, as undo takes back the newest one. */
  change<T>(action: () => Promise<T>): Promise<T | undefined> {
    return this.attempt(async () => {
      const result = await action();
      this.withdrawOffers();
      return result;
    });
  }

  withdrawOffers(): void {
    for (const toast of this.list) if (toast.action) this.dismiss(toast.id);
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
    const shown = this.list.find((toast) => toast.id === id)?.action ? OFFERED_MS : SHOWN_MS;
    this.#timers[id] = setTimeout(() => this.dismiss(id), shown);
  }

  #add(toast: Toast): void {
    const kept = this.list.slice(-(AT_MOST - 1));
    for (const gone of this.list.slice(0, -(AT_MOST - 1))) this.hold(gone.id);
    this.list = [...kept, toast];
    this.release(toast.id);
  }
}
