// What is in the calendar, and the weeks of a month. Days are ISO dates.
import type { RegularView, TaskView } from '../../host/bindings';
import { addDays } from '../../text/dates';

/** One line of a day. */
export interface Entry {
  id: string;
  day: string;
  /** `09:30:00`, if it has one. */
  time: string | null;
  /** Sort of task, or a bill that should come. */
  kind: TaskView['kind'] | 'bill';
  title: string;
  amount: TaskView['amount'];
  /** The task it belongs to. */
  task?: TaskView;
}

/** Tasks with a day and bills that should come, by day and time. */
export function entriesOf(tasks: TaskView[], bills: RegularView[]): Entry[] {
  const entries: Entry[] = [];
  for (const task of tasks) {
    if (!task.due) continue;
    // A debit stands on the day on which the money goes.
    const day = task.kind === 'check_debit' ? (task.latest ?? task.due) : task.due;
    const { id, kind, title, amount, due_time: time } = task;
    entries.push({ id, day, time, kind, title, amount, task });
  }
  for (const { correspondent, expected: day, name: title, amount } of bills) {
    entries.push({ id: `bill-${correspondent}-${day}`, day, time: null, kind: 'bill', title, amount });
  }
  const rank = ({ day, time, title }: Entry) => `${day} ${time ?? ''} ${title}`;
  return entries.sort((a, b) => rank(a).localeCompare(rank(b)));
}

/** What is on each day that has something, by day. */
export function daysOf(entries: Entry[]): Map<string, Entry[]> {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) days.set(entry.day, [...(days.get(entry.day) ?? []), entry]);
  return days;
}

/** The weeks that a month touches, Monday first. `month` is `2026-11`. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`;
  let day = addDays(first, -((new Date(`${first}T12:00:00Z`).getUTCDay() + 6) % 7));
  const weeks: string[][] = [];
  while (day.slice(0, 7) <= month) {
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((index) => addDays(day, index)));
    day = addDays(day, 7);
  }
  return weeks;
}

/** The month so many months later. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const months = year * 12 + number - 1 + by;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
}
