// The language of the interface and the time zone of its clock times: the settings, else the system's.
import type { Language } from '../host/bindings';
import { overwriteGetLocale, type Locale } from './compiled/runtime';

class CurrentLanguage {
  /** The setting. */
  choice = $state<Language>('system');
  /** IANA name of the time zone that is set; undefined until the settings are known. */
  zone = $state<string>();
  /** Language of the texts. */
  readonly texts: Locale = $derived.by(() => {
    if (this.choice !== 'system') return this.choice;
    return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
  });
  /** How dates and amounts are written. English readers of German letters get the day first, as it is printed. */
  readonly forms = $derived(this.texts === 'de' ? 'de-DE' : 'en-GB');
}

export const language = new CurrentLanguage();

// Texts read the language where they are shown, so that a change shows at once.
overwriteGetLocale(() => language.texts);
