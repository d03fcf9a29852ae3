// What a person can do, by noun: one file for each.
import type { Toasts } from '../components/toasts.svelte';
import type { Host } from '../host/host';
import { backupActions } from './backups';
import { caseActions } from './cases';
import { correspondentActions } from './correspondents';
import { documentActions } from './documents';
import { encryptionActions } from './encryption';
import { fileActions } from './files';
import { historyActions } from './history';
import { keyActions } from './keys';
import { staleLettersActions } from './stale-letters';
import { movingActions } from './moving';
import { problemActions } from './problems';
import { reminderActions } from './reminders';
import { reviewActions } from './review';
import { ruleActions } from './rules';
import { Run } from './run';
import { settingActions } from './settings';
import { tagActions } from './tags';
import { taskActions } from './tasks';
import { viewActions } from './views';

export type Actions = ReturnType<typeof actionsOf>;

export function actionsOf(host: Host, toasts: Toasts) {
  const run = new Run(host, toasts);
  return {
    backups: backupActions(run),
    cases: caseActions(run),
    correspondents: correspondentActions(run),
    documents: documentActions(run),
    encryption: encryptionActions(run),
    files: fileActions(run),
    history: historyActions(run),
    keys: keyActions(run),
    staleLetters: staleLettersActions(run),
    moving: movingActions(run),
    problems: problemActions(run),
    reminders: reminderActions(run),
    review: reviewActions(run),
    rules: ruleActions(run),
    settings: settingActions(run),
    tags: tagActions(run),
    tasks: taskActions(run),
    views: viewActions(run),
  };
}
