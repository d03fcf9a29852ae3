import type { DoneHow, TaskView } from '../host/bindings';
import { dayText, shortDay } from '../text/dates';
import { m } from '../text/m';
import type { Run } from './run';

/** A day, with its year where that is not the one of the day it was before. */
const dayBeside = (task: Pick<TaskView, 'due'>, day: string) => dayText(day, (task.due ?? day).slice(0, 4));

export const taskActions = (run: Run) => ({
  complete(task: TaskView, how?: DoneHow) {
    const input = how ? { id: task.id, how } : { id: task.id };
    const { title } = task;
    const said = () => {
      if (task.kind === 'cancel_or_keep' && how === 'kept') return m.kept_toast({ title });
      if (task.kind === 'cancel_or_keep' && how === 'sent') return m.cancelled_contract_toast({ title });
      return m.done_toast({ title });
    };
    return run.undoable('tasks.complete', input, said, 'joy');
  },

  /** All that is open was paid, today if no day is given. */
  pay(task: TaskView, on?: string) {
    return run.undoable(
      'tasks.pay',
      { id: task.id, ...(on ? { paid_on: on } : {}) },
      ({ payments }) => {
        const last = payments.at(-1);
        return last
          ? m.paid_toast({ title: task.title, day: shortDay(last.paid_on) })
          : m.done_toast({ title: task.title });
      },
      'joy',
    );
  },

  /** The day to pay by that was proposed fits. */
  fits(task: TaskView, day: string) {
    return run.undoable('deadlines.assume', { id: task.id, assumption: { what: 'due', value: day } }, () =>
      m.fits_toast({ title: task.title, day: shortDay(day) }),
    );
  },

  /** It need not be done any more; one that comes again comes no more. */
  cancel(task: TaskView) {
    const said = () => m.cancelled_toast({ title: task.title });
    return run.undoable('tasks.status', { id: task.id, status: 'cancelled' }, said);
  },

  /** Somebody wants to use a right, such as to object: from now on it is something to do. */
  useRight(task: TaskView) {
    const said = () => m.right_wished_toast({ title: task.title });
    return run.undoable('tasks.status', { id: task.id, status: 'in_progress' }, said);
  },

  /** Leaves this time of a task that comes again out. */
  skip(task: TaskView) {
    return run.undoable('tasks.skip', { id: task.id, ...(task.due ? { due: task.due } : {}) }, ({ due }) =>
      due && due !== task.due
        ? m.moved_toast({ title: task.title, day: dayBeside(task, due) })
        : m.cancelled_toast({ title: task.title }),
    );
  },

  reopen(task: Pick<TaskView, 'id' | 'title'>) {
    return run.undoable('tasks.reopen', { id: task.id }, () => m.reopened_toast({ title: task.title }));
  },

  move(task: TaskView, due: string) {
    const said = () => m.moved_toast({ title: task.title, day: dayBeside(task, due) });
    return run.undoable('tasks.postpone', { id: task.id, due }, said);
  },

  /** Makes a task of one line of plain language. */
  quickAdd(line: string) {
    return run.undoable('tasks.quick_add', { line }, ({ draft }) => m.added_toast({ title: draft.title }));
  },

  /** Moves a task to the next day that is still safe; on the last one it comes back tonight. */
  notToday(task: TaskView) {
    return run.undoable('tasks.not_today', { id: task.id }, ({ day }) => {
      const { title, days_left } = task;
      if (day) return m.moved_toast({ title, day: dayBeside(task, day) });
      return days_left !== null && days_left < 0 ? m.late_toast({ title }) : m.last_day_toast({ title });
    });
  },

  /** Hands a task over to the calendar of the desktop; a browser gets the file. */
  async addToCalendar(task: TaskView) {
    if (run.host.showsInDesktop) return run.made('tasks.add_to_calendar', { id: task.id }, m.calendar_opened);
    const file = await run.call('tasks.ics', { id: task.id });
    if (!file) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([file.text], { type: 'text/calendar' }));
    link.download = file.name;
    link.click();
    URL.revokeObjectURL(link.href);
  },
});
