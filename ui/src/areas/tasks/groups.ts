// The open tasks by time.
import type { TaskView } from '../../host/bindings';

export type Group = 'waiting' | 'today' | 'week' | 'later' | 'none';

/** The time that a task belongs to. Those of one time stand together in the list. */
export function groupOf(task: Pick<TaskView, 'days_left'>): Group {
  if (task.days_left === null) return 'none';
  if (task.days_left < 0) return 'waiting';
  if (task.days_left === 0) return 'today';
  return task.days_left <= 7 ? 'week' : 'later';
}
