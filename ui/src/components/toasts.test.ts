import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Toasts } from './toasts.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const texts = (toasts: Toasts) => toasts.list.map(({ text }) => text);

test('what went wrong stays until it is dismissed, and nothing pushes it out', () => {
  const toasts = new Toasts();
  toasts.trouble('The disk is full.');
  for (let done = 0; done < 5; done++) toasts.show(`Done ${done}`);
  vi.advanceTimersByTime(3_600_000);
  expect(texts(toasts)).toEqual(['The disk is full.']);
  toasts.release(toasts.list[0]?.id ?? 0);
  vi.advanceTimersByTime(3_600_000);
  expect(texts(toasts), 'pointing at it and away again changes nothing').toEqual(['The disk is full.']);
  toasts.dismiss(toasts.list[0]?.id ?? 0);
  expect(toasts.list).toEqual([]);
});

test('the same trouble again is one message', () => {
  const toasts = new Toasts();
  toasts.trouble('Not reached.');
  toasts.trouble('Not reached.');
  expect(texts(toasts)).toEqual(['Not reached.']);
});

test('other messages go by themselves, and at most two stand at a time', () => {
  const toasts = new Toasts();
  for (let done = 0; done < 5; done++) toasts.show(`Done ${done}`);
  expect(texts(toasts)).toEqual(['Done 3', 'Done 4']);
  vi.advanceTimersByTime(5_000);
  expect(toasts.list).toEqual([]);
});
