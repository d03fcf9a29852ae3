import type { BackupState, RestoredProfile } from '../host/bindings';
import { m } from '../text/m';
import { instantDay } from '../text/dates';
import { numberText } from '../text/values';
import type { Run } from './run';

export const backupActions = (run: Run) => ({
  /** Twelve new words. */
  words: (): Promise<string | undefined> => run.call('backup.words', null),

  /** Makes backups into a folder from now on. What is wrong is thrown, for the dialog to say. */
  async setUp(folder: string, words: string): Promise<void> {
    const { folder: made } = await run.send('backup.set_up', { folder, words });
    run.toasts.show(m.backup_chosen({ folder: made ?? folder }));
  },

  now: () => run.change('backup.run', null),
  pause: () => run.change('backup.pause', null),
  resume: () => run.change('backup.resume', null),
  breakOff: () => run.change('backup.break_off', null),

  turnOff: () => run.undoable('backup.turn_off', null, () => m.backup_turned_off()),

  /** The states in a backup folder. What is wrong is thrown. */
  states: (folder: string, words: string): Promise<BackupState[]> => run.send('backup.states', { folder, words }),

  /** Brings a state back. What is wrong is thrown. */
  restore: (folder: string, words: string, state: string, password = ''): Promise<RestoredProfile> =>
    run.send('backup.restore', { folder, words, state, ...(password ? { password } : {}) }),

  /** Starts the program again, so that the restored profile takes its place. */
  restart: () => run.change('program.restart', null),

  async verify(): Promise<void> {
    const verified = await run.change('profile.verify', {});
    if (!verified) return;
    const count = numberText(verified.originals);
    run.toasts.show(
      verified.findings.length
        ? m.verified_findings({ count: verified.findings.length })
        : m.verified_whole({ count, day: instantDay(verified.at) }),
    );
  },
});
