import { expect, test } from 'vitest';

import { task } from '../../testing/samples';
import { entriesOf, monthAfter, weeksOf } from './month';

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

test('a debit stands on the day on which the money goes, a payment on the day to act', () => {
  const entries = entriesOf(
    [
      task({ id: 'pay', kind: 'pay', due: '2026-12-04', latest: '2026-12-07' }),
      task({ id: 'debit', kind: 'check_debit', due: '2026-11-30', latest: '2026-12-01' }),
      task({ id: 'someday', due: null }),
    ],
    [],
  );
  expect(entries.map(({ id, day }) => [id, day])).toEqual([
    ['debit', '2026-12-01'],
    ['pay', '2026-12-04'],
  ]);
});

test('a bill that should come is shown on its day', () => {
  const bill = {
    correspondent: 'c',
    name: 'Stadtwerke',
    kind: 'invoice' as const,
    rhythm: 'monthly' as const,
    amount: { amount: '40', currency: 'EUR' },
    last: '2026-11-10',
    expected: '2026-12-10',
    missing: false,
  };
  expect(entriesOf([], [bill])).toMatchObject([{ kind: 'bill', day: '2026-12-10', title: 'Stadtwerke' }]);
});
