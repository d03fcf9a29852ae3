// The engine behind the loopback server (`workmate-cli serve`), for a plain browser.
import type { AppEvent, Imported } from './bindings';
import {
  EVERYTHING,
  HostFailure,
  type CommandResponse,
  type CommandName,
  type DropHandlers,
  type Host,
  type Input,
  type Output,
} from './host';

/** Where the token of the server lies; what is kept belongs to this address alone, with its port. */
const KEPT = 'workmate-token';
/** How often the ticket for pictures is renewed, which each answer brings: well before it ends. */
const RENEW_EVERY = 10 * 60_000;
/** How long to wait before the stream of events is asked for again. */
const AGAIN_AFTER = 2_000;

export function httpHost(): Host {
  takeToken();
  window.setInterval(() => void fetch('/ticket', { headers: authorization() }).catch(() => undefined), RENEW_EVERY);
  return { showsInDesktop: false, call, change, subscribe, pageUrl, addFiles, onDrop };
}

/** The address that was printed brings the token; it is kept, and taken out of the address. */
function takeToken(): void {
  const token = new URLSearchParams(location.search).get('token');
  if (!token) return;
  localStorage.setItem(KEPT, token);
  history.replaceState(history.state, '', location.pathname + location.hash);
}

const authorization = () => ({ Authorization: `Bearer ${localStorage.getItem(KEPT) ?? ''}` });

async function call<C extends CommandName>(name: C, input: Input<C>): Promise<Output<C>> {
  return (await change(name, input)).output;
}

function change<C extends CommandName>(name: C, input: Input<C>): Promise<CommandResponse<C>> {
  return post(`/rpc/${name}`, JSON.stringify(input), 'application/json');
}

async function post<T>(url: string, body: BodyInit, type: string): Promise<T> {
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(url, { method: 'POST', body, headers: { 'Content-Type': type, ...authorization() } });
    answer = await response.json();
  } catch (thrown) {
    throw HostFailure.from(thrown, 'unreachable');
  }
  if (!response.ok) throw HostFailure.from(answer);
  return answer as T;
}

/** All listeners share one stream: a browser opens six connections to a server at most, and each stream holds one. */
const handlers = new Set<(event: AppEvent) => void>();
let events: AbortController | undefined;

function subscribe(handler: (event: AppEvent) => void): () => void {
  handlers.add(handler);
  if (!events) {
    events = new AbortController();
    void follow(events.signal);
  }
  return () => {
    handlers.delete(handler);
    if (handlers.size) return;
    events?.abort();
    events = undefined;
  };
}

/** Follows the events until it is stopped. Unlike an `EventSource`, this can send the token. */
async function follow(stopped: AbortSignal): Promise<void> {
  for (let first = true; !stopped.aborted; first = false) {
    try {
      const { ok, body } = await fetch('/events', { headers: authorization(), signal: stopped });
      if (ok && body) {
        // What happened while nobody listened is not told again.
        if (!first) tell({ event: 'changed', ...EVERYTHING });
        for await (const line of lines(body))
          if (line.startsWith('data: ')) tell(JSON.parse(line.slice(6)) as AppEvent);
      }
    } catch {
      // The server ended, or this was stopped.
    }
    if (!stopped.aborted) await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
  }
}

function tell(event: AppEvent): void {
  for (const listener of handlers) listener(event);
}

/** The lines of a stream of server-sent events. */
async function* lines(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const whole = (rest + part.value).split('\n');
    rest = whole.pop() ?? '';
    yield* whole;
  }
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
