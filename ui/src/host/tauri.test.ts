import { emit } from '@tauri-apps/api/event';
import { clearMocks, mockConvertFileSrc, mockIPC, mockWindows } from '@tauri-apps/api/mocks';
import { afterEach, expect, test, vi } from 'vitest';

import type { AppEvent } from './bindings';
import type { HostFailure } from './host';
import { tauriHost } from './tauri';

afterEach(clearMocks);

test('once it can be heard, everything is fetched again: what happened before was not heard', async () => {
  mockWindows('main');
  mockConvertFileSrc('linux');
  mockIPC(() => null, { shouldMockEvents: true });
  const heard: AppEvent[] = [];
  const stop = tauriHost().subscribe((event) => heard.push(event));
  await vi.waitFor(() => expect(heard).toMatchObject([{ event: 'changed', all: true }]));

  await emit('app-event', { event: 'open_task', id: '1' });
  expect(heard.at(-1)).toEqual({ event: 'open_task', id: '1' });
  stop();
  await emit('app-event', { event: 'open_task', id: '2' });
  expect(heard).toHaveLength(2);
});

test('what the program took in by itself is told, and so is why it could not', async () => {
  mockWindows('main');
  mockConvertFileSrc('linux');
  mockIPC(() => null, { shouldMockEvents: true });
  const told: unknown[] = [];
  const stop = tauriHost().onDrop({
    enter: () => told.push('enter'),
    leave: () => told.push('leave'),
    drop: (files) =>
      void files.then(
        (taken) => told.push(taken),
        (failure: HostFailure) => told.push(failure.code),
      ),
  });
  const position = { x: 0, y: 0 };
  await vi.waitFor(async () => {
    await emit('tauri://drag-leave');
    expect(told).toEqual(['leave']);
  });
  await emit('tauri://drag-enter', { paths: ['/a.pdf'], position });
  await emit('tauri://drag-over', { position });
  await emit('tauri://drag-drop', { paths: ['/a.pdf'], position });
  await emit('imported', { Ok: [] });
  await emit('imported', { Err: { code: 'disk_full', message: '', detail: null } });
  await vi.waitFor(() => expect(told).toEqual(['leave', 'enter', 'leave', [], 'disk_full']));
  stop();
});
