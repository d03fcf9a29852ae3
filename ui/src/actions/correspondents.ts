import type { CorrespondentRow, DocumentId, ForgetPerson, ForgottenView } from '../host/bindings';
import { m } from '../text/m';
import type { Run } from './run';

export const correspondentActions = (run: Run) => ({
  /** Gives whether it was done. */
  async rename(id: string, name: string): Promise<boolean> {
    const said = () => m.correspondent_renamed({ name: name.trim() });
    return (await run.undoable('correspondents.rename', { id, name }, said)) !== undefined;
  },

  /** One who writes under two names is one from now on. Gives whether it was done. */
  async merge(from: string, into: Pick<CorrespondentRow, 'id' | 'name'>): Promise<boolean> {
    const said = () => m.correspondent_merged({ name: into.name });
    return (await run.undoable('correspondents.merge', { from, into: into.id }, said)) !== undefined;
  },

  /** Removes all there is of somebody, and no undo brings it back. Gives the report. */
  forget: (whom: ForgetPerson): Promise<ForgottenView | undefined> => run.change('people.forget', whom),

  /** Letters are from somebody else than was thought. */
  split: (documents: DocumentId[], name: string) =>
    run.undoable('correspondents.split', { documents, name }, () => m.sender_split({ name: name.trim() })),
});
