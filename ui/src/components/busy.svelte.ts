// A button is inert while what it began is running, and shows that it is. The same holds for a form and its button.

/** Did a click of the double click that is going on begin something? Its next click must not act on what has taken the place. */
let hasBegun = false;

export class Busy {
  running = $state(false);

  /** A handler that waits for the promise that `react` gives back, and until then does nothing. */
  guard<E extends Event>(react: ((event: E) => unknown) | null | undefined): (event: E) => void {
    return (event) => {
      const isSecond = event instanceof MouseEvent && event.detail > 1;
      if (this.running || (isSecond && hasBegun)) return event.preventDefault();
      hasBegun = false;
      const done = react?.(event);
      if (!(done instanceof Promise)) return;
      hasBegun = true;
      this.running = true;
      void done.finally(() => (this.running = false));
    };
  }
}
