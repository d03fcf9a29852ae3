// Days and times in words. Days are ISO dates without a time zone; instants are UTC.
import type { Later, TaskView } from '../host/bindings';
import { language } from './language.svelte';
import { m } from './m';

/** The parts of an ISO date as an instant at noon UTC, where no time zone can move it to another day. */
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

/** `Friday 12 December`, `Freitag, 12. Dezember`; with the year if it is not `thisYear`. */
export function dayText(day: string, thisYear: string): string {
  const date = noon(day);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language.forms, { ...options, timeZone: 'UTC' }).format(date);
  const year = day.slice(0, 4) === thisYear ? '' : ` ${day.slice(0, 4)}`;
  // Put together by hand: whether a comma follows the English weekday depends on the version of the web view.
  return m.date_long({
    weekday: part({ weekday: 'long' }),
    day: String(date.getUTCDate()),
    month: part({ month: 'long' }) + year,
  });
}

/** `12 Dec 2025`, `12. Dez. 2025`. */
export function shortDay(day: string): string {
  return new Intl.DateTimeFormat(language.forms, { dateStyle: 'medium', timeZone: 'UTC' }).format(noon(day));
}

/** `15 December 2025`, `15. Dezember 2025`. */
export function fullDay(day: string): string {
  return new Intl.DateTimeFormat(language.forms, { dateStyle: 'long', timeZone: 'UTC' }).format(noon(day));
}

/** The date `days` days after `day`. */
export function addDays(day: string, days: number): string {
  const date = noon(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** `in 3 days`, `tomorrow`, `in 5 weeks`; counts days up to two weeks, since further away they say little. */
export function distanceText(days: number): string {
  const form = new Intl.RelativeTimeFormat(language.forms, { numeric: 'auto' });
  const far = Math.abs(days);
  if (far < 14) return form.format(days, 'day');
  return far < 61 ? form.format(Math.trunc(days / 7), 'week') : form.format(Math.round(days / 30.44), 'month');
}

/** A due date in words: `in 3 days, Friday 12 December`; when it has passed `waiting since Friday 12 December`. */
export function dueText(due: string, daysLeft: number): string {
  const today = addDays(due, -daysLeft);
  const day = dayText(due, today.slice(0, 4));
  return daysLeft < 0 ? m.due_since({ day }) : m.due_in({ distance: distanceText(daysLeft), day });
}

/** The day of a task whose letter waits for a look: `perhaps by Friday 12 December`, on a day where it is tied to one. */
export function perhapsText({ due, days_left, kind }: Pick<TaskView, 'due' | 'days_left' | 'kind'>): string {
  if (due === null || days_left === null) return m.perhaps();
  const day = dayText(due, addDays(due, -days_left).slice(0, 4));
  if (days_left < 0) return m.perhaps_was({ day });
  return kind === 'attend' || kind === 'check_debit' ? m.perhaps_on({ day }) : m.perhaps_by({ day });
}

/** `14:30`, `14:30 Uhr`, from `14:30:00`. */
export function timeText(time: string): string {
  return m.time_of_day({ time: time.slice(0, 5) });
}

/** `20 Nov 2025, 09:00` in the time zone of the settings. */
export function instantText(instant: string): string {
  return formatInstant(instant, { dateStyle: 'medium', timeStyle: 'short' });
}

/** When something comes back: `today at 18:00`, `tomorrow at 09:00`, `Monday at 09:00`, `on 4 Dec 2026 at 09:00`. */
export function backText(instant: string, today: string): string {
  const at = new Date(instant);
  const day = dayOf(at);
  const clock = new Intl.DateTimeFormat('sv-SE', { timeStyle: 'short', timeZone: language.zone }).format(at);
  const days = Math.round((noon(day).getTime() - noon(today).getTime()) / 86_400_000);
  const time = m.at_time({ time: timeText(clock) });
  if (days <= 1) return `${distanceText(days)} ${time}`;
  return `${days < 7 ? m.back_on_weekday({ day: weekdayName(day) }) : m.back_on_day({ day: shortDay(day) })} ${time}`;
}

/** The calendar day of an instant in the time zone of the settings. Swedish writes days as ISO does. */
export const dayOf = (instant: string | Date): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: language.zone }).format(new Date(instant));

/** The day on which a task was shown so; that of the browser for one without a day. */
export const todayOf = ({ due, days_left }: Pick<TaskView, 'due' | 'days_left'>): string =>
  due === null || days_left === null ? dayOf(new Date()) : addDays(due, -days_left);

/** The last day on which something can be done, as far as it is known. */
export const lastDay = ({ due, latest }: Pick<TaskView, 'due' | 'latest'>): string | null =>
  due && latest ? (due > latest ? due : latest) : (latest ?? due);

/** Would it be too late on a day for what is not too late today? */
export function isAfterLastDay(task: Pick<TaskView, 'due' | 'latest' | 'days_left'>, day: string): boolean {
  const last = lastDay(task);
  return last !== null && last >= todayOf(task) && day > last;
}

/** The day to which the engine puts something off; none within the same one. */
export function dayOfLater(later: Later, today: string): string | undefined {
  if (later === 'tomorrow_morning') return addDays(today, 1);
  if (later !== 'next_week') return undefined;
  const weekday = (noon(today).getUTCDay() + 6) % 7;
  return addDays(today, 7 - weekday);
}

/** `20 Nov 2025`: the day of an instant in the time zone of the settings. */
export function instantDay(instant: string): string {
  return formatInstant(instant, { dateStyle: 'medium' });
}

function formatInstant(instant: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language.forms, { ...options, timeZone: language.zone }).format(new Date(instant));
}

/** `November 2026`, from `2026-11`. */
export function monthText(month: string): string {
  const form = new Intl.DateTimeFormat(language.forms, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return form.format(noon(`${month}-01`));
}

/** `Monday`, `Montag`: the weekday of a day. */
export function weekdayName(day: string): string {
  return new Intl.DateTimeFormat(language.forms, { weekday: 'long', timeZone: 'UTC' }).format(noon(day));
}

/** `Mon`, `Mo`: the weekday of a day. */
export function weekdayText(day: string): string {
  return new Intl.DateTimeFormat(language.forms, { weekday: 'short', timeZone: 'UTC' }).format(noon(day));
}
