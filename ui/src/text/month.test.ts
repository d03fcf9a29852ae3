import { expect, test } from 'vitest';

import { monthAfter, weeksOf } from './month';

test.each([
  ['2026-11', 6, '2026-10-26', '2026-12-06'],
  ['2027-02', 4, '2027-02-01', '2027-02-28'],
  ['2024-02', 5, '2024-01-29', '2024-03-03'],
])('the weeks of %s are whole ones from Monday to Sunday', (month, count, first, last) => {
  const weeks = weeksOf(month);
  expect([weeks.length, weeks[0]?.[0], weeks.at(-1)?.[6]]).toEqual([count, first, last]);
});

test.each([
  ['2026-11', 1, '2026-12'],
  ['2026-12', 1, '2027-01'],
  ['2026-01', -1, '2025-12'],
])('from %s on by %i months it is %s', (month, by, after) => {
  expect(monthAfter(month, by)).toBe(after);
});
