// The engine behind the loopback server (`workmate-cli serve`), for a plain browser.
import type { AppEvent, Imported } from './bindings';
import { HostFailure, type CommandName, type DropHandlers, type Host, type Input, type Output } from './host';

export function httpHost(): Host {
  return { showsInDesktop: false, call, subscribe, pageUrl, addFiles, onDrop };
}

function call<C extends CommandName>(name: C, input: Input<C>): Promise<Output<C>> {
  return post(`/rpc/${name}`, JSON.stringify(input), 'application/json');
}

async function post<T>(url: string, body: BodyInit, type: string): Promise<T> {
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(url, { method: 'POST', body, headers: { 'Content-Type': type } });
    answer = await response.json();
  } catch (thrown) {
    throw HostFailure.from(thrown, 'unreachable');
  }
  if (!response.ok) throw HostFailure.from(answer);
  return answer as T;
}

/** All listeners share one stream: a browser opens six connections to a server at most, and each stream holds one. */
const handlers = new Set<(event: AppEvent) => void>();
let events: EventSource | undefined;

function subscribe(handler: (event: AppEvent) => void): () => void {
  handlers.add(handler);
  if (!events) {
    events = new EventSource('/events');
    events.onmessage = (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as AppEvent;
      for (const listener of handlers) listener(event);
    };
  }
  return () => {
    handlers.delete(handler);
    if (handlers.size) return;
    events?.close();
    events = undefined;
  };
}

function pageUrl(document: string, page: number, width: number, file = ''): string {
  return `/page/${document}/${page}?w=${width}&of=${file.slice(0, 8)}`;
}

/** A browser gives no paths, so the bytes go over. One file that is refused does not stop the others. */
async function upload(files: File[]): Promise<Imported[]> {
  const imported: Imported[] = [];
  for (const file of files) {
    try {
      const name = encodeURIComponent(file.name);
      imported.push(await post<Imported>(`/upload?name=${name}`, file, 'application/octet-stream'));
    } catch (thrown) {
      const { code, message } = HostFailure.from(thrown);
      imported.push({ path: file.name, outcome: 'refused', file: null, document: null, code, message });
    }
  }
  return imported;
}

async function addFiles(): Promise<Imported[] | undefined> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  const chosen = new Promise<File[]>((resolve) => {
    input.onchange = () => resolve([...(input.files ?? [])]);
    input.oncancel = () => resolve([]);
  });
  input.click();
  const files = await chosen;
  return files.length ? upload(files) : undefined;
}

function onDrop(handlers: DropHandlers): () => void {
  const stop = new AbortController();
  const listen = (name: 'dragenter' | 'dragover' | 'dragleave' | 'drop', react: (event: DragEvent) => void) =>
    window.addEventListener(
      name,
      (event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        react(event);
      },
      { signal: stop.signal },
    );
  listen('dragenter', () => handlers.enter());
  listen('dragover', () => undefined);
  // Leaving an element inside the window names the one that is entered.
  listen('dragleave', (event) => {
    if (event.relatedTarget === null) handlers.leave();
  });
  listen('drop', (event) => handlers.drop(upload([...(event.dataTransfer?.files ?? [])])));
  return () => stop.abort();
}
