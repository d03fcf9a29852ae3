// How a task comes again, in words: the plain rules of RFC 5545 that people say; others as "repeats".
import { language } from './language.svelte';
import { m } from './m';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const WORKDAYS = 'MO,TU,WE,TH,FR';
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);

export function recurrenceWords(rule: string): string {
  const parts = new Map(rule.split(';').map((part) => part.split('=') as [string, string]));
  const count = Number(parts.get('INTERVAL') ?? 1);
  switch (parts.get('FREQ')) {
    case 'DAILY':
      return m.every_days({ count });
    case 'WEEKLY': {
      const days = (parts.get('BYDAY') ?? '').split(',').filter((day) => DAYS.includes(day));
      if (days.length && count === 1) {
        return days.join() === WORKDAYS ? m.every_workday() : m.every_weekday({ days: days.map(dayName).join(', ') });
      }
      return [m.every_weeks({ count }), days.map(dayName).join(', ')].filter(Boolean).join(': ');
    }
    case 'MONTHLY': {
      const day = parts.get('BYMONTHDAY');
      if (day && count === 1) return day === '-1' ? m.every_month_last() : m.every_month_on({ day: ordinal(day) });
      return m.every_months({ count });
    }
    case 'YEARLY':
      return m.every_years({ count });
    default:
      return m.repeats();
  }
}

/** `1st`, `22nd`; in German a number, the dot being in the text around it. */
function ordinal(day: string): string {
  if (language.texts === 'de') return day;
  const form = new Intl.PluralRules('en', { type: 'ordinal' }).select(Number(day));
  return day + ({ one: 'st', two: 'nd', few: 'rd' }[form as string] ?? 'th');
}

function dayName(day: string): string {
  const format = new Intl.DateTimeFormat(language.texts, { weekday: 'long', timeZone: 'UTC' });
  return format.format(MONDAY + DAYS.indexOf(day) * 86_400_000);
}
