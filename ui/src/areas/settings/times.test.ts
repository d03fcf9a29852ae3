import { expect, test } from 'vitest';

import { readTime } from './times';

test.each([
  ['9', '09:00:00'],
  ['9:30', '09:30:00'],
  ['9.30', '09:30:00'],
  [' 0930 ', '09:30:00'],
  ['23:59', '23:59:00'],
  ['24:00', undefined],
  ['9:60', undefined],
  ['', undefined],
  ['soon', undefined],
])('%j is read as %j', (text, time) => {
  expect(readTime(text)).toBe(time);
});
