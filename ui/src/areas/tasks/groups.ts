// The open tasks by time.
import type { TaskView } from '../../host/bindings';

const GROUPS = ['waiting', 'today', 'week', 'later', 'none'] as const;
type Group = (typeof GROUPS)[number];

function groupOf(task: Pick<TaskView, 'days_left'>): Group {
  if (task.days_left === null) return 'none';
  if (task.days_left < 0) return 'waiting';
  if (task.days_left === 0) return 'today';
  return task.days_left <= 7 ? 'week' : 'later';
}

/** Groups that hold something, in the order of time, with their tasks in the order given. */
export function grouped(tasks: TaskView[]): { group: Group; members: TaskView[] }[] {
  return GROUPS.map((group) => ({ group, members: tasks.filter((task) => groupOf(task) === group) })).filter(
    ({ members }) => members.length > 0,
  );
}
