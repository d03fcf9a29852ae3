// The weeks of a month. Days are ISO dates.
import { addDays } from './dates';

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

/** How many months lie between the months of two days; negative if the second is earlier. */
export function monthsBetween(from: string, to: string): number {
  const months = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return months(to) - months(from);
}
