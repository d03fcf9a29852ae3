import type { Later, TaskView } from '../../host/bindings';
import { addDays, todayOf } from '../../text/dates';
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

/** The last day on which something can be done, as far as it is known. */
const lastDay = ({ due, latest }: TaskView) => (due && latest ? (due > latest ? due : latest) : (latest ?? due));

/** Would it be too late on a day for what is not too late today? */
export function isAfterLastDay(task: TaskView, day: string | undefined): day is string {
  const last = lastDay(task);
  return day !== undefined && last !== null && last >= todayOf(task) && day > last;
}

/** The day to which something is put off; none within the same one. */
export function dayOfLater(later: Later, today: string): string | undefined {
  if (later === 'tomorrow_morning') return addDays(today, 1);
  if (later !== 'next_week') return undefined;
  const weekday = (new Date(`${today}T12:00Z`).getUTCDay() + 6) % 7;
  return addDays(today, 7 - weekday);
}
