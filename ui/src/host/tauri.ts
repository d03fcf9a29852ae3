// The engine in the same program, reached through Tauri.
import { convertFileSrc, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { open } from '@tauri-apps/plugin-dialog';

import type { AppEvent, Failure, Imported } from './bindings';
import {
  EVERYTHING,
  HostFailure,
  type CommandResponse,
  type CommandName,
  type Host,
  type Input,
  type Output,
} from './host';

export function tauriHost(): Host {
  // `page://localhost/` on Linux and macOS, `http://page.localhost/` on Windows
  const pages = convertFileSrc('', 'page');
  const handlers = new Set<(event: AppEvent) => void>();
  const tell = (event: AppEvent) => handlers.forEach((handler) => handler(event));
  // What happened before the program could be heard is fetched once it can.
  void listen<AppEvent>('app-event', ({ payload }) => tell(payload)).then(() =>
    tell({ event: 'changed', ...EVERYTHING }),
  );
  return {
    showsInDesktop: true,
    call,
    change,
    subscribe(handler) {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
    pageUrl: (document, page, width, file = '') => `${pages}${document}/${page}?w=${width}&of=${file.slice(0, 8)}`,
    async addFiles() {
      const paths = await open({ multiple: true });
      return paths ? call('files.import', { paths }) : undefined;
    },
    async chooseFolder() {
      return (await open({ directory: true })) ?? undefined;
    },
    // The program itself takes in what is dropped, opened with it or added in the tray.
    onDrop(handlers) {
      const stops = [
        getCurrentWebview().onDragDropEvent(({ payload }) => {
          if (payload.type === 'enter') handlers.enter();
          else if (payload.type !== 'over') handlers.leave();
        }),
        listen<Outcome>('imported', ({ payload }) => handlers.drop(imported(payload))),
      ].map(stopLater);
      return () => stops.forEach((stop) => stop());
    },
  };
}

/** What became of files that the program took in by itself. */
type Outcome = { Ok: Imported[] } | { Err: Failure };

const imported = async (outcome: Outcome) => {
  if ('Err' in outcome) throw new HostFailure(outcome.Err);
  return outcome.Ok;
};

async function call<C extends CommandName>(name: C, input: Input<C>): Promise<Output<C>> {
  return (await change(name, input)).output;
}

async function change<C extends CommandName>(name: C, input: Input<C>): Promise<CommandResponse<C>> {
  try {
    return await invoke<CommandResponse<C>>('rpc', { name, input });
  } catch (thrown) {
    throw HostFailure.from(thrown);
  }
}

/** Tauri says only later how to stop listening. */
function stopLater(listening: Promise<() => void>): () => void {
  return () => void listening.then((stop) => stop());
}
