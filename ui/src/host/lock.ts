// The locked program, reached through Tauri: there is no engine yet.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { Conversion } from './bindings';
import { HostFailure } from './host';

/** The way to a program that waits for the password. */
export interface LockHost {
  /** What is done with the data once the password is right. */
  pending(): Promise<Conversion | null>;
  /** Opens it. Rejects with a {@link HostFailure}. */
  unlock(password: string): Promise<void>;
  /** Leaves the data as it is. */
  callOff(): Promise<void>;
  /** Hears how many letters of how many are done; returns how to stop. */
  onProgress(handler: (done: number, total: number) => void): () => void;
}

export const ADDRESS = '#/lock';

export const tauriLock = (): LockHost => ({
  pending: async () => (await ask<{ pending: Conversion | null }>('lock_state')).pending,
  unlock: (password) => ask('unlock', { password }),
  callOff: () => ask('call_off'),
  onProgress(handler) {
    const listening = listen<[number, number]>('conversion', ({ payload: [done, total] }) => handler(done, total));
    return () => void listening.then((stop) => stop());
  },
});

async function ask<T>(command: string, input: Record<string, unknown> = {}): Promise<T> {
  try {
    return await invoke<T>(command, input);
  } catch (thrown) {
    throw HostFailure.from(thrown);
  }
}
