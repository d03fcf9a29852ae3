import { flushSync } from 'svelte';
import { expect, test } from 'vitest';

import type { DocumentQuery } from './bindings';
import { MemoryHost } from '../testing/memory-host';
import { row } from '../testing/samples';
import { LiveList } from './live-list.svelte';

const TOTAL = 1000;

const hostOf = (title: () => string) =>
  new MemoryHost({
    'documents.list': ({ limit = 0, offset = 0 }) => ({
      total: TOTAL,
      items: Array.from({ length: Math.min(limit, TOTAL - offset) }, (_, at) =>
        row({ id: String(offset + at), title: title() }),
      ),
    }),
  });

/** Runs with a list that is taken down at the end. */
async function withList(
  host: MemoryHost,
  deed: (list: LiveList<'documents.list'>) => Promise<void>,
  query: () => DocumentQuery = () => ({}),
) {
  let list: LiveList<'documents.list'> | undefined;
  const stop = $effect.root(() => {
    list = new LiveList(host, 'documents.list', query);
  });
  flushSync();
  if (!list) throw new Error('no list');
  await expect.poll(() => list?.total).toBe(TOTAL);
  await deed(list);
  stop();
}

const offsets = (host: MemoryHost) => host.inputs('documents.list').map((query) => (query as DocumentQuery).offset);

test('only what is looked at is fetched, and the pages beside it, each once', async () => {
  const host = hostOf(() => 'a');
  await withList(host, async (list) => {
    list.show(420, 440);
    list.show(421, 441);
    await expect.poll(() => list.row(520)).toBeDefined();
    expect(offsets(host)).toEqual([0, 400, 500, 300]);
    expect(list.row(430)?.id).toBe('430');
    expect(list.row(700)).toBeUndefined();
  });
});

test('after a change what was on screen stays until the new rows are there', async () => {
  let title = 'before';
  const host = hostOf(() => title);
  await withList(host, async (list) => {
    list.show(0, 20);
    expect(list.row(0)?.title).toBe('before');
    title = 'after';
    host.emitChanged({ documents: ['1'] });
    expect(list.row(0)?.title).toBe('before');
    await expect.poll(() => list.row(0)?.title).toBe('after');
  });
});

test('an answer to an earlier question is not shown', async () => {
  const waiting: (() => void)[] = [];
  let slow = false;
  const host = new MemoryHost({
    'documents.list': ({ query: text }) => {
      const answer = { total: TOTAL, items: [row({ title: text ?? 'all' })] };
      return slow && !text ? new Promise((resolve) => waiting.push(() => resolve(answer))) : answer;
    },
  });
  let text = $state('');
  await withList(
    host,
    async (list) => {
      slow = true;
      void list.refresh();
      text = 'new';
      flushSync();
      await expect.poll(() => list.row(0)?.title).toBe('new');
      waiting.forEach((answer) => answer());
      await Promise.resolve();
      expect(list.row(0)?.title).toBe('new');
    },
    () => (text ? { query: text } : {}),
  );
});
