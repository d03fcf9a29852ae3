import type { StepId } from '../host/bindings';
import { m } from '../text/m';
import { type Run, stepText } from './run';

export const historyActions = (run: Run) => ({
  /** Takes this step back, or the newest one. */
  undo: (step?: StepId) => run.undo(step),

  /** Does again what was undone last. */
  async redo() {
    const step = await run.change('history.redo', null);
    if (step !== undefined) run.toasts.show(step ? m.redone({ what: stepText(step) }) : m.nothing_to_redo());
  },
});
