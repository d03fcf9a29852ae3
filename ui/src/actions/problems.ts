import type { FailureCode, ProblemView } from '../host/bindings';
import { m } from '../text/m';
import type { Run } from './run';

export const problemActions = (run: Run) => ({
  /** What was wrong with a file has been taken note of. */
  dismiss: ({ id }: ProblemView) => run.change('problems.dismiss', { id }),

  /** The same of all problems of one cause. */
  dismissAlike: (code: FailureCode) => run.change('problems.dismiss_alike', { code }),

  /** A report for who looks into a fault, to look at. */
  report: async () => (await run.toasts.attempt(() => run.host.call('diagnostics.get', null)))?.text,

  /** Saves the report that was looked at in a folder. */
  async saveReport(folder: string) {
    const saved = await run.toasts.attempt(() => run.host.call('diagnostics.save', { folder }));
    if (saved) run.toasts.show(m.report_saved(saved));
  },
});
