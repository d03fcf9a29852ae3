import type { DocumentRow, TagView } from '../host/bindings';
import { m } from '../text/m';
import type { Run } from './run';

export const tagActions = (run: Run) => ({
  put: ({ id }: DocumentRow, tags: string[]) =>
    run.undoable('documents.edit', { ids: [id], add_tags: tags }, () => m.tag_put({ tag: tags.join(', ') })),

  take: ({ id }: DocumentRow, tag: string) =>
    run.undoable('documents.edit', { ids: [id], remove_tags: [tag] }, () => m.tag_taken({ tag })),

  rename: (id: string, name: string) =>
    run.undoable('tags.rename', { id, name }, () => m.tag_renamed({ name: name.trim() })),

  /** What has one tag has the other from now on. */
  merge: (from: TagView, into: TagView) =>
    run.undoable('tags.merge', { from: from.id, into: into.id }, () =>
      m.tags_merged({ tag: from.path, into: into.path }),
    ),
});
