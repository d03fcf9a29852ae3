import type { KeyMade, Scope } from '../host/bindings';
import { m } from '../text/m';
import type { Run } from './run';

export const keyActions = (run: Run) => ({
  /** Makes a key for another program; what opens is in the answer, and nowhere else. */
  add: (name: string, scope: Scope): Promise<KeyMade | undefined> => run.change('keys.add', { name, scope }),

  async revoke(id: string): Promise<void> {
    if ((await run.change('keys.revoke', { id })) === undefined) return;
    run.toasts.show(m.key_revoked());
  },
});
