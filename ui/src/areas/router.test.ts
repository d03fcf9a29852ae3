import { expect, test } from 'vitest';

import { AREAS, href, parseRoute } from './router.svelte';

test.each([
  ['', { area: 'today' }],
  ['#/', { area: 'today' }],
  ['#/review', { area: 'review' }],
  ['#/documents/0193-ab', { area: 'documents', id: '0193-ab' }],
  ['#/tasks/', { area: 'tasks' }],
  ['#/nowhere/1', { area: 'today' }],
])('the address %j leads to %j', (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});

test('the address of every area leads back to it, whatever the id contains', () => {
  for (const area of AREAS) {
    expect(parseRoute(href(area))).toEqual({ area });
    expect(parseRoute(href(area, 'a/b ü'))).toEqual({ area, id: 'a/b ü' });
  }
});
