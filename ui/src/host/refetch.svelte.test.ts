import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { MemoryHost } from '../testing/memory-host';
import { status } from '../testing/samples';
import { Live } from './live.svelte';
import { acted } from './refetch';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Runs with so many queries on screen, all answered once. */
async function withQueries(host: MemoryHost, count: number, deed: (first: Live<'status.get'>) => Promise<void>) {
  let queries: Live<'status.get'>[] = [];
  const stop = $effect.root(() => {
    queries = Array.from({ length: count }, () => new Live(host, 'status.get', () => null));
  });
  flushSync();
  await vi.advanceTimersByTimeAsync(2000);
  host.calls.length = 0;
  if (queries[0]) await deed(queries[0]);
  stop();
}

test('a storm of changes makes the whole window ask at most four times a second', async () => {
  const host = new MemoryHost();
  await withQueries(host, 6, async () => {
    const asked: number[] = [];
    for (let change = 0; change < 500; change++) {
      host.emitChanged({ jobs: true });
      await vi.advanceTimersByTimeAsync(20);
      while (asked.length < host.calls.length) asked.push(performance.now());
    }
    const inSecondFrom = (at: number) => asked.filter((other) => other >= at && other < at + 1000).length;
    expect(Math.max(...asked.map(inSecondFrom))).toBe(4);
    expect(asked.length, 'but it does not stop asking').toBeGreaterThan(30);
  });
});

test('the last change is always seen, and every query gets its turn', async () => {
  let jobs = 0;
  const host = new MemoryHost({ 'status.get': () => status({ review_count: jobs }) });
  await withQueries(host, 6, async (first) => {
    for (jobs = 1; jobs < 100; jobs++) host.emitChanged({ jobs: true });
    await vi.advanceTimersByTimeAsync(3000);
    expect(first.value?.review_count).toBe(100);
    // The four that were on their way at the first change are asked once more for those behind it.
    expect(host.calls.length).toBe(10);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(host.calls.length, 'nothing is asked for without a change').toBe(10);
  });
});

test('a query has one request in flight and one pending, however often it goes stale', async () => {
  const open: (() => void)[] = [];
  const host = new MemoryHost({ 'status.get': () => new Promise((resolve) => open.push(() => resolve(status()))) });
  let query: Live<'status.get'> | undefined;
  const stop = $effect.root(() => {
    query = new Live(host, 'status.get', () => null);
  });
  flushSync();
  for (let change = 0; change < 20; change++) {
    host.emitChanged({ jobs: true });
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(host.calls.length, 'one in flight').toBe(1);
  open.pop()?.();
  await vi.advanceTimersByTimeAsync(1000);
  expect(host.calls.length, 'and the one that was pending').toBe(2);
  open.pop()?.();
  await vi.advanceTimersByTimeAsync(5000);
  expect(host.calls.length).toBe(2);
  expect(query?.value).toBeDefined();
  stop();
});

test('what a person has just done is shown at once, in the midst of a storm', async () => {
  const host = new MemoryHost();
  await withQueries(host, 6, async () => {
    for (let change = 0; change < 50; change++) host.emitChanged({ jobs: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(host.calls.length).toBe(4);
    acted(host);
    host.emitChanged({ jobs: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(host.calls.length).toBeGreaterThanOrEqual(10);
  });
});

test('a change that a command does not depend on asks for nothing', async () => {
  const host = new MemoryHost();
  let query: Live<'settings.get'> | undefined;
  const stop = $effect.root(() => {
    query = new Live(host, 'settings.get', () => null);
  });
  flushSync();
  await vi.advanceTimersByTimeAsync(10);
  host.emitChanged({ documents: ['doc-1'], jobs: true });
  await vi.advanceTimersByTimeAsync(2000);
  expect(host.inputs('settings.get').length).toBe(1);
  host.emitChanged({ settings: true });
  await vi.advanceTimersByTimeAsync(0);
  expect(host.inputs('settings.get').length).toBe(2);
  expect(query?.value).toBeDefined();
  stop();
});
