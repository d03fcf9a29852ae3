import { expect, test } from 'vitest';

import { language } from './language.svelte';
import { recurrenceWords } from './recurrence';

test.each([
  ['FREQ=DAILY', 'jeden Tag', 'every day'],
  ['FREQ=WEEKLY', 'jede Woche', 'every week'],
  ['FREQ=WEEKLY;BYDAY=TH', 'jeden Donnerstag', 'every Thursday'],
  ['FREQ=WEEKLY;BYDAY=MO,TH', 'jeden Montag, Donnerstag', 'every Monday, Thursday'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'werktags', 'weekdays'],
  ['FREQ=WEEKLY;BYDAY=TU;INTERVAL=2', 'alle 2 Wochen: Dienstag', 'every 2 weeks: Tuesday'],
  ['FREQ=MONTHLY;BYMONTHDAY=22', 'jeden Monat am 22.', 'every month on the 22nd'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 'jeden Monat am letzten Tag', 'every month on the last day'],
])('%s in words that can be typed again', (rule, german, english) => {
  language.choice = 'de';
  expect(recurrenceWords(rule)).toBe(german);
  language.choice = 'en';
  expect(recurrenceWords(rule)).toBe(english);
  language.choice = 'system';
});
