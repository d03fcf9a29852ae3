import { afterEach, expect, test, vi } from 'vitest';

import { httpHost } from './http';

afterEach(() => vi.unstubAllGlobals());

function answerWith(status: number, body: unknown) {
  const fetch = vi.fn(async () => new Response(JSON.stringify(body), { status }));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

test('a command goes to its address, with its input as JSON', async () => {
  const fetch = answerWith(200, []);
  expect(await httpHost().call('tasks.list', { filter: 'done' })).toEqual([]);
  expect(fetch).toHaveBeenCalledWith(
    '/rpc/tasks.list',
    expect.objectContaining({ method: 'POST', body: '{"filter":"done"}' }),
  );
});

test('a refusal is thrown with the code of the engine', async () => {
  answerWith(409, { code: 'undo_conflict', message: 'No.', detail: 'more' });
  await expect(httpHost().call('history.undo', null)).rejects.toMatchObject({
    code: 'undo_conflict',
    message: 'No.',
    detail: 'more',
  });
});

test('no answer at all, or one that is no JSON, is “unreachable”', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('no connection')));
  await expect(httpHost().call('status.get', null)).rejects.toMatchObject({ code: 'unreachable' });
  vi.stubGlobal('fetch', async () => new Response('Forbidden', { status: 403 }));
  await expect(httpHost().call('status.get', null)).rejects.toMatchObject({ code: 'unreachable' });
});

test('dropped files go over one by one, and one that is refused does not stop the others', async () => {
  const names: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    names.push(url);
    return url.includes('bad')
      ? new Response(JSON.stringify({ code: 'disk_full', message: 'Full.', detail: null }), { status: 409 })
      : new Response(
          JSON.stringify({ path: url, outcome: 'taken', file: null, document: null, code: null, message: null }),
        );
  });
  const result = await new Promise<{ outcome: string; message: string | null }[]>((resolve) => {
    const stop = httpHost().onDrop({
      enter: () => undefined,
      leave: () => undefined,
      drop: (files) => void files.then(resolve),
    });
    const event = new Event('drop', { cancelable: true });
    const files = [new File(['x'], 'bad.pdf'), new File(['y'], 'gut ü.pdf')];
    window.dispatchEvent(Object.assign(event, { dataTransfer: { types: ['Files'], files } }));
    stop();
  });
  expect(names).toEqual(['/upload?name=bad.pdf', '/upload?name=gut%20%C3%BC.pdf']);
  expect(result.map(({ outcome }) => outcome)).toEqual(['refused', 'taken']);
  expect(result[0]?.message).toBe('Full.');
});
