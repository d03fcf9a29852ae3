import type { Later, Pause, TaskView } from '../host/bindings';
import { m } from '../text/m';
import { laterWord } from '../text/words';
import type { Run } from './run';

export const reminderActions = (run: Run) => ({
  /** Puts the reminders of a task off. */
  snooze(task: TaskView, until: Later) {
    const said = () => m.snoozed_toast({ title: task.title, when: laterWord(until) });
    return run.undoable('reminders.snooze', { task: task.id, until }, said);
  },

  /** Lets all reminders rest for a while, or go on. */
  pause: (pause: Pause) => run.change('reminders.pause', { pause }),
});
