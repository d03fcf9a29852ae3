import type { Field, RuleDraft } from '../host/bindings';
import { m } from '../text/m';
import type { Run } from './run';

/** What was learned about the letters of a correspondent. */
export const ruleActions = (run: Run) => ({
  change: (draft: RuleDraft) => run.undoable('rules.change', draft, m.rule_changed),

  switch: (id: string, field: Field, off: boolean) => run.undoable('rules.switch', { id, field, off }, m.rule_changed),

  forget: (id: string, field: Field) => run.undoable('rules.forget', { id, field }, m.rule_deleted),
});
