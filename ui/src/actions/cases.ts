import type { DocumentId, DocumentRow } from '../host/bindings';
import { m } from '../text/m';
import type { Run } from './run';

export const caseActions = (run: Run) => ({
  /** Two letters belong together. */
  join: (id: DocumentId, other: DocumentRow) =>
    run.undoable('cases.join', { id, other: other.id }, () => m.joined_toast({ title: other.title })),

  /** A letter belongs to none of its case. */
  part: ({ id, title }: DocumentRow) => run.undoable('cases.part', { id }, () => m.separated_toast({ title })),

  /** Two letters do not belong together after all. */
  separate: ({ id, title }: DocumentRow, other: DocumentId) =>
    run.undoable('cases.relate', { id, other }, () => m.separated_toast({ title })),
});
