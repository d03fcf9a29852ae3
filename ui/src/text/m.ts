// The texts of messages/*.json as functions, in the language of the interface.
import * as m from './compiled/messages';
import './language.svelte';

export { m };

/** The text of a key that is put together from a word of the engine; undefined for a word newer than this interface. */
export function textOf(key: string): string | undefined {
  const text: unknown = (m as Record<string, unknown>)[key];
  return typeof text === 'function' ? String(text()) : undefined;
}
