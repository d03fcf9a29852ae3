// Says that the person is at the window, so that encrypted data is not locked yet.
import type { Host } from '../host/host';

/** At most so often, in milliseconds. */
const EVERY = 20_000;

/** Tells it with each key and each click; returns how to stop. */
export function stay(host: Host): () => void {
  let told = -Infinity;
  const tell = ({ timeStamp }: Event) => {
    if (timeStamp - told < EVERY) return;
    told = timeStamp;
    // That it was not heard only locks sooner.
    host.call('encryption.stay', null).catch(() => undefined);
  };
  const types = ['keydown', 'pointerdown', 'wheel'];
  for (const type of types) document.addEventListener(type, tell, { capture: true, passive: true });
  return () => {
    for (const type of types) document.removeEventListener(type, tell, { capture: true });
  };
}
