import type { ProblemView } from '../host/bindings';
import type { Run } from './run';

export const problemActions = (run: Run) => ({
  /** What was wrong with a file has been taken note of. */
  dismiss: ({ id }: ProblemView) => run.change('problems.dismiss', { id }),
});
