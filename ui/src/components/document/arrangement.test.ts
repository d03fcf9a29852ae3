import { expect, test } from 'vitest';

import { document } from '../../testing/samples';
import { Arrangement } from './arrangement.svelte';

const of = (id: string, count: number) =>
  document({
    id,
    pages: Array.from({ length: count }, (_, index) => ({
      number: index + 1,
      width: 595,
      height: 842,
      origin: 'embedded' as const,
    })),
  });

test('as long as nothing is laid anew, nothing is to be saved', () => {
  const arrangement = new Arrangement(of('a', 2));
  expect(arrangement.isChanged).toBe(false);
  arrangement.turn();
  expect(arrangement.isChanged).toBe(true);
  for (let times = 0; times < 3; times++) arrangement.turn();
  expect(arrangement.isChanged, 'turned all around').toBe(false);
});

test('a page moves past its neighbour and stays the one that is meant', () => {
  const arrangement = new Arrangement(of('a', 3));
  arrangement.move(1);
  arrangement.turn();
  expect(arrangement.parts()).toEqual([
    [
      { document: 'a', page: 2 },
      { document: 'a', page: 1, turn: 90 },
      { document: 'a', page: 3 },
    ],
  ]);
  arrangement.step(5);
  arrangement.move(1);
  expect(
    arrangement.sheets.map(({ page }) => page),
    'the last one cannot go further',
  ).toEqual([2, 1, 3]);
});

test('a document begins at a place in the row, whichever page is moved there', () => {
  const arrangement = new Arrangement(of('a', 3));
  arrangement.begin();
  expect(arrangement.parts(), 'the first page begins one anyway').toHaveLength(1);
  arrangement.step(1);
  arrangement.begin();
  arrangement.move(1);
  expect(arrangement.parts().map((part) => part.map(({ page }) => page))).toEqual([[1], [3, 2]]);
});

test('a page that is left out takes no document with it', () => {
  const arrangement = new Arrangement(of('a', 3));
  arrangement.step(1);
  arrangement.begin();
  arrangement.leaveOut();
  expect(arrangement.parts().map((part) => part.map(({ page }) => page))).toEqual([[1], [3]]);
  arrangement.leaveOut();
  expect(arrangement.parts().map((part) => part.map(({ page }) => page))).toEqual([[1], [2, 3]]);
});

test('the pages of another document are put to these', () => {
  const arrangement = new Arrangement(of('a', 1));
  arrangement.add(of('b', 2));
  expect(arrangement.parts()).toEqual([
    [
      { document: 'a', page: 1 },
      { document: 'b', page: 1 },
      { document: 'b', page: 2 },
    ],
  ]);
  expect(arrangement.at, 'the first of them is meant next').toBe(1);
});
