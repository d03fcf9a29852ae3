import type { Later, Pause, TaskView } from '../host/bindings';
import { backText, dayOf, dayText, isAfterLastDay, lastDay, todayOf } from '../text/dates';
import { m } from '../text/m';
import { laterWord } from '../text/words';
import type { Run } from './run';

export const reminderActions = (run: Run) => ({
  /** Puts the reminders of a task off. */
  snooze(task: TaskView, until: Later) {
    return run.undoable('reminders.snooze', { task: task.id, until }, (put) => {
      const { title, comes_back } = put;
      const when = comes_back ? backText(comes_back, todayOf(put)) : laterWord(until);
      const last = lastDay(put);
      return last && comes_back && isAfterLastDay(put, dayOf(comes_back))
        ? m.snoozed_after_toast({ title, when, day: dayText(last, todayOf(put).slice(0, 4)) })
        : m.snoozed_toast({ title, when });
    });
  },

  /** Lets all reminders rest for a while, or go on. */
  pause: (pause: Pause) => run.change('reminders.pause', { pause }),
});
