// Which way leads to the engine: in the window Tauri's, in a browser the loopback server's.
import type { Host } from './host';

export async function chooseHost(): Promise<Host> {
  if ('__TAURI_INTERNALS__' in window) return (await import('./tauri')).tauriHost();
  return (await import('./http')).httpHost();
}
