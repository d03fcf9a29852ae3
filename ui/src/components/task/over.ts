import type { TaskView } from '../../host/bindings';
import { rightWords } from '../../text/words';

/** Nothing is to be done any more. */
export function isOver(task: TaskView): boolean {
  return task.status === 'done' || task.status === 'cancelled';
}

/** Where it matters on which day a bill was paid: on a late one, and on one that a reminder has come for. */
export const asksForDay = ({ kind, amount, days_left, document_kind }: TaskView): boolean =>
  kind === 'pay' && amount !== null && (document_kind === 'dunning' || (days_left !== null && days_left < 0));

/** One word ends it: nothing is to be looked at, decided or asked for before. */
export const endsAtOnce = (task: TaskView): boolean =>
  !task.provisional && !rightWords(task) && task.kind !== 'cancel_or_keep' && !asksForDay(task);

/** The day to pay by that was only proposed, because none was found. */
export function proposedDay(task: TaskView): string | undefined {
  const guess = task.derivation?.assumptions.find(({ assumption, by_user }) => assumption.what === 'due' && !by_user);
  return guess?.assumption.what === 'due' ? guess.assumption.value : undefined;
}
