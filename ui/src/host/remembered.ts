// The last answers of the engine, so that an area that is opened again shows at once what it showed. What is shown is
// asked for again all the same.
import type { Host } from './host';

const remembered = new WeakMap<Host, Map<string, unknown>>();
const REMEMBER_AT_MOST = 60;

export function remember(host: Host, key: string, answer: unknown): void {
  const answers = remembered.get(host) ?? new Map<string, unknown>();
  remembered.set(host, answers);
  answers.delete(key);
  answers.set(key, answer);
  const [oldest] = answers.keys();
  if (answers.size > REMEMBER_AT_MOST && oldest !== undefined) answers.delete(oldest);
}

export function recall(host: Host, key: string): unknown {
  return remembered.get(host)?.get(key);
}
