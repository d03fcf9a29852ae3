import type { SaveView, ViewRow } from '../host/bindings';
import { m } from '../text/m';
import type { Run } from './run';

export const viewActions = (run: Run) => ({
  save: (view: SaveView) => run.undoable('views.save', view, ({ name }) => m.view_kept({ name })),

  remove: ({ id, name }: ViewRow) => run.undoable('views.remove', { id }, () => m.view_removed({ name })),
});
