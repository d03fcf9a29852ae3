import type { Settings } from '../host/bindings';
import { m } from '../text/m';
import type { Run } from './run';

export const settingActions = (run: Run) => ({
  /** Changes one setting; gives all of them as they are then. */
  change: <K extends keyof Settings>(key: K, value: Settings[K]) => run.change('settings.change', { key, value }),

  /** Lets the person choose the folder that letters are scanned into. */
  async chooseInbox() {
    const value = await run.chooseFolder();
    if (value === undefined) return;
    await run.undoable('settings.change', { key: 'inbox_folder', value }, () => m.inbox_chosen({ path: value }));
  },
});
