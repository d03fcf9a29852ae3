import type { EncryptionView } from '../host/bindings';
import { m } from '../text/m';
import type { Run } from './run';

/** What is wrong is thrown, for the dialog to say. */
export const encryptionActions = (run: Run) => ({
  /** Encrypts the data at the next start. */
  turnOn: (password: string, words: string): Promise<EncryptionView> =>
    run.send('encryption.turn_on', { password, words }),

  /** Ends that at the next start. */
  turnOff: (password: string): Promise<EncryptionView> => run.send('encryption.turn_off', { password }),

  callOff: () => run.change('encryption.call_off', null),

  async changePassword(password: string, fresh: string): Promise<void> {
    await run.send('encryption.change_password', { password, new_password: fresh });
    run.toasts.show(m.encryption_password_changed());
  },

  /** Other words on paper. */
  async changeWords(password: string, words: string): Promise<void> {
    await run.send('encryption.change_words', { password, words });
    run.toasts.show(m.encryption_words_changed());
  },

  /** Lets the secret store of the system open the data, or no more. */
  openByItself: (password: string, wanted: boolean): Promise<EncryptionView> =>
    run.send('encryption.open_by_itself', { password, wanted }),

  lock: () => run.change('encryption.lock', null),
});
