// The engine in the same program, reached through Tauri.
import { convertFileSrc, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { open } from '@tauri-apps/plugin-dialog';

import type { AppEvent, Changed } from './bindings';
import { HostFailure, type CommandName, type Host, type Input, type Output } from './host';

export function tauriHost(): Host {
  // `page://localhost/` on Linux and macOS, `http://page.localhost/` on Windows
  const pages = convertFileSrc('', 'page');
  const importPaths = (paths: string[]) => call('files.import', { paths });
  const handlers = new Set<(event: AppEvent) => void>();
  const tell = (event: AppEvent) => handlers.forEach((handler) => handler(event));
  // What happened before the program could be heard is fetched once it can.
  void listen<AppEvent>('app-event', ({ payload }) => tell(payload)).then(() =>
    tell({ event: 'changed', ...EVERYTHING }),
  );
  return {
    showsInDesktop: true,
    call,
    subscribe(handler) {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
    pageUrl: (document, page, width) => `${pages}${document}/${page}?w=${width}`,
    async addFiles() {
      const paths = await open({ multiple: true });
      return paths ? importPaths(paths) : undefined;
    },
    async chooseFolder() {
      return (await open({ directory: true })) ?? undefined;
    },
    onDrop: (handlers) =>
      stopLater(
        getCurrentWebview().onDragDropEvent(({ payload }) => {
          if (payload.type === 'enter') handlers.enter();
          else if (payload.type === 'leave') handlers.leave();
          else if (payload.type === 'drop') handlers.drop(importPaths(payload.paths));
        }),
      ),
  };
}

const EVERYTHING: Changed = {
  documents: [],
  tasks: [],
  reminders: true,
  jobs: true,
  problems: true,
  settings: true,
  all: true,
};

async function call<C extends CommandName>(name: C, input: Input<C>): Promise<Output<C>> {
  try {
    return await invoke<Output<C>>('rpc', { name, input });
  } catch (thrown) {
    throw HostFailure.from(thrown);
  }
}

/** Tauri says only later how to stop listening. */
function stopLater(listening: Promise<() => void>): () => void {
  return () => void listening.then((stop) => stop());
}
