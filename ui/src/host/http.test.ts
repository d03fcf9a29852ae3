import { afterEach, expect, test, vi } from 'vitest';

import { httpHost } from './http';

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
  history.replaceState(null, '', '/');
});

function answerWith(status: number, body: unknown) {
  const fetch = vi.fn(async () => new Response(JSON.stringify(body), { status }));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

test('a command goes to its address, with its input as JSON', async () => {
  const fetch = answerWith(200, { output: [], step: null });
  expect(await httpHost().call('tasks.list', { filter: 'done' })).toEqual([]);
  expect(fetch).toHaveBeenCalledWith(
    '/rpc/tasks.list',
    expect.objectContaining({ method: 'POST', body: '{"filter":"done"}' }),
  );
});

test('the token of the printed address goes into a header of every call, and out of the address', async () => {
  const fetch = answerWith(200, { output: [], step: null });
  history.replaceState(null, '', '/?token=abc123#/tasks');
  await httpHost().call('tasks.list', { filter: 'done' });
  expect(location.href).toMatch(/\/#\/tasks$/);
  // The page is loaded again, without the token in its address.
  await httpHost().call('tasks.list', { filter: 'done' });
  expect(fetch.mock.calls).toHaveLength(2);
  for (const [, init] of fetch.mock.calls as unknown as [string, RequestInit][])
    expect(init.headers).toMatchObject({ Authorization: 'Bearer abc123', 'Content-Type': 'application/json' });
});

test('events come over a stream with the token, and after a break everything may have changed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
  const heard: unknown[] = [];
  const told = { event: 'open_today' };
  const text = `: calm\n\ndata: ${JSON.stringify(told)}\n\n`;
  // Cut in the middle of a line, as a network may do it.
  const parts = () =>
    new Response(
      new ReadableStream({
        start(stream) {
          for (const part of [text.slice(0, 15), text.slice(15)]) stream.enqueue(new TextEncoder().encode(part));
          stream.close();
        },
      }),
    );
  const fetch = vi.fn<(url: string, init: RequestInit) => Promise<Response>>(async () => parts());
  vi.stubGlobal('fetch', fetch);
  localStorage.setItem('workmate-token', 'abc123');
  const stop = httpHost().subscribe((event) => heard.push(event));
  await vi.waitFor(() => expect(heard).toEqual([told]));
  await vi.advanceTimersByTimeAsync(2_000);
  await vi.waitFor(() => expect(heard).toMatchObject([told, { event: 'changed', all: true }, told]));
  expect(fetch.mock.calls[0]?.[1].headers).toEqual({ Authorization: 'Bearer abc123' });
  stop();
  vi.useRealTimers();
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
