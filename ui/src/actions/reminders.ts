import type { Later, Pause, TaskView } from '../host/bindings';
import { backText, todayOf } from '../text/dates';
import { m } from '../text/m';
import { laterWord } from '../text/words';
import type { Run } from './run';

export const reminderActions = (run: Run) => ({
  /** Puts the reminders of a task off. */
  snooze(task: TaskView, until: Later) {
    return run.undoable('reminders.snooze', { task: task.id, until }, (put) =>
      m.snoozed_toast({
        title: put.title,
        when: put.comes_back ? backText(put.comes_back, todayOf(put)) : laterWord(until),
      }),
    );
  },

  /** Lets all reminders rest for a while, or go on. */
  pause: (pause: Pause) => run.change('reminders.pause', { pause }),
});
