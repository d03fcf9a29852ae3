import type { DocumentId, DocumentRow, Evidence, Field } from '../host/bindings';
import { m } from '../text/m';
import type { Run } from './run';

export const reviewActions = (run: Run) => ({
  accept(document: DocumentRow) {
    return run.undoable('review.accept', { id: document.id }, ({ tasks }) =>
      tasks.length
        ? m.accepted_tasks({ title: document.title, count: tasks.length })
        : m.accepted_toast({ title: document.title }),
    );
  },

  acceptMany: (ids: DocumentId[]) =>
    run.undoable('review.accept_many', { ids }, () => m.accepted_many({ count: ids.length })),

  /** Says what a field really is; gives the document as it is then. */
  correct(document: DocumentRow, field: Field, value: string, evidence: Evidence | null) {
    const place = evidence ? { evidence } : {};
    return run.change('review.correct', { id: document.id, field, value, ...place });
  },
});
