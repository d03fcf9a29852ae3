import type { TaskView } from '../../host/bindings';

/** Nothing is to be done any more. */
export function isOver(task: TaskView): boolean {
  return task.status === 'done' || task.status === 'cancelled';
}
