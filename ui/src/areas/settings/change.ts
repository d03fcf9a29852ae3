import type { Settings } from '../../host/bindings';
import type { Host } from '../../host/host';
import type { Toasts } from '../../parts/toasts.svelte';

/** Changes one setting; resolves to all of them, or to undefined after saying why it did not work. */
export type Change = <K extends keyof Settings>(key: K, value: Settings[K]) => Promise<Settings | undefined>;

export const changer =
  (host: Host, toasts: Toasts): Change =>
  (key, value) =>
    toasts.change(() => host.call('settings.change', { key, value }));
