import type { DocumentId } from '../host/bindings';
import { m } from '../text/m';
import type { Run } from './run';

export const staleLettersActions = (run: Run) => ({
  /** All are dealt with but those that are still open. */
  answerAll: (open: DocumentId[]) =>
    run.undoable('stale_letters.answer', { done: [], open, others_done: true }, () =>
      open.length ? m.stale_letters_reopened() : m.stale_letters_settled(),
    ),

  /** Some of them are dealt with, some are still open. */
  answer: (done: DocumentId[], open: DocumentId[]) =>
    run.undoable('stale_letters.answer', { done, open }, () =>
      open.length ? m.stale_letters_reopened() : m.stale_letters_settled(),
    ),
});
