import { emit } from '@tauri-apps/api/event';
import { clearMocks, mockConvertFileSrc, mockIPC, mockWindows } from '@tauri-apps/api/mocks';
import { afterEach, expect, test, vi } from 'vitest';

import type { AppEvent } from './bindings';
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
