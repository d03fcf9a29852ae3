import { expect, test } from 'vitest';

import { addDays, distanceText, dueText, instantDay, instantText } from './dates';
import { language } from './language.svelte';

test.each([
  ['2025-12-12', 3, 'in 3 days, Friday 12 December', 'in 3 Tagen, Freitag, 12. Dezember'],
  ['2025-12-12', 0, 'today, Friday 12 December', 'heute, Freitag, 12. Dezember'],
  ['2025-12-12', 1, 'tomorrow, Friday 12 December', 'morgen, Freitag, 12. Dezember'],
  ['2025-12-12', -1, 'waiting since Friday 12 December', 'wartet seit Freitag, 12. Dezember'],
  ['2026-01-02', 13, 'in 13 days, Friday 2 January 2026', 'in 13 Tagen, Freitag, 2. Januar 2026'],
  ['2025-12-12', 14, 'in 2 weeks, Friday 12 December', 'in 2 Wochen, Freitag, 12. Dezember'],
  ['2025-12-12', 61, 'in 2 months, Friday 12 December', 'in 2 Monaten, Freitag, 12. Dezember'],
  ['2025-01-02', -10, 'waiting since Thursday 2 January', 'wartet seit Donnerstag, 2. Januar'],
])('%s seen %i days before', (due, daysLeft, english, german) => {
  expect(dueText(due, daysLeft)).toBe(english);
  language.choice = 'de';
  expect(dueText(due, daysLeft)).toBe(german);
});

test('a date of another year than today’s says its year, also in the past', () => {
  expect(dueText('2024-12-30', -5)).toBe('waiting since Monday 30 December 2024');
});

test('far away is said in weeks and months, rounded down in weeks', () => {
  expect([13, 20, 60, 62, 400].map(distanceText)).toEqual([
    'in 13 days',
    'in 2 weeks',
    'in 8 weeks',
    'in 2 months',
    'in 13 months',
  ]);
});

test('days are counted over months, leap days and the change of clocks', () => {
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
  expect(addDays('2025-03-29', 2)).toBe('2025-03-31');
  expect(addDays('2025-01-01', -1)).toBe('2024-12-31');
});

test('instants are told in the time zone of the settings, whatever the system’s is', () => {
  language.choice = 'de';
  language.zone = 'Europe/Berlin';
  expect(instantText('2025-12-31T23:30:00Z')).toBe('01.01.2026, 00:30');
  expect(instantDay('2025-12-31T23:30:00Z')).toBe('01.01.2026');
  language.zone = 'America/New_York';
  expect(instantText('2025-07-01T12:00:00Z')).toBe('01.07.2025, 08:00');
});
