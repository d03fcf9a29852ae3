import type {
  ArrangedPage,
  DeletedView,
  DeleteForGood,
  DocumentId,
  DocumentKind,
  DocumentRow,
  EditDocuments,
} from '../host/bindings';
import { m } from '../text/m';
import { kindWord } from '../text/words';
import type { Run } from './run';

export const documentActions = (run: Run) => ({
  openOriginal: ({ id }: DocumentRow) => run.call('documents.open', { id }),

  showInFolder: ({ id }: DocumentRow) => run.call('documents.show', { id }),

  /** A copy under its own name, to be handed on. */
  copyOriginal: ({ id }: DocumentRow) => run.made('documents.export', { id }, m.copied_toast),

  searchablePdf: ({ id }: DocumentRow) => run.made('documents.searchable_pdf', { id }, m.copied_toast),

  setKind(document: DocumentRow, kind: DocumentKind) {
    const said = () => m.kind_toast({ kind: kindWord(kind) });
    return run.undoable('documents.set_kind', { id: document.id, kind }, said);
  },

  writeNote(document: DocumentRow, note: string) {
    const said = () => (note.trim() ? m.note_kept() : m.note_removed());
    return run.undoable('documents.write_note', { id: document.id, note }, said);
  },

  /** Lays pages anew; gives the documents that come of it. */
  arrange: (parts: ArrangedPage[][]) =>
    run.undoable('pages.arrange', { parts }, ({ documents }) => m.arranged_toast({ count: documents.length })),

  /** Puts the pictures together that show one paper in parts. */
  putTogether: ({ id }: DocumentRow) => run.undoable('pages.put_together', { id }, () => m.put_together_toast()),

  /** Puts its pages into the order that is printed on them. */
  putInOrder: ({ id }: DocumentRow) => run.undoable('pages.put_in_order', { id }, () => m.put_in_order_toast()),

  /** Changes several at once, as one step. */
  edit: (edit: EditDocuments) =>
    run.undoable('documents.edit', edit, () => m.edited_toast({ count: edit.ids?.length ?? 0 })),

  trash: ({ id, title }: DocumentRow) => run.undoable('documents.trash', { id }, () => m.trashed_toast({ title })),

  trashMany: (ids: DocumentId[]) =>
    run.undoable('documents.trash_many', { ids }, () => m.trashed_many({ count: ids.length })),

  /** What is in the trash is gone then, and no undo brings it back. */
  async deleteForGood(what: DeleteForGood): Promise<DeletedView | undefined> {
    const deleted = await run.change('trash.delete', what);
    if (deleted) run.toasts.show(m.deleted_toast({ count: deleted.documents }));
    return deleted;
  },

  restore: ({ id, title }: DocumentRow) => run.undoable('documents.restore', { id }, () => m.restored_toast({ title })),
});
