// Problems of one cause stand together.
import type { FailureCode, ProblemView, StatusView } from '../host/bindings';

export interface ProblemGroup {
  code: FailureCode;
  /** Those that are listed, the newest first. */
  problems: ProblemView[];
  /** How many there are, also those that are not listed. */
  count: number;
  /** When the last one came. */
  last: string;
}

/** The problems by their causes, the cause of the newest one first. */
export function problemGroups({ problems, problem_groups }: Pick<StatusView, 'problems' | 'problem_groups'>) {
  const groups = new Map<FailureCode, ProblemGroup>();
  for (const problem of problems) {
    const known = groups.get(problem.code);
    if (known) {
      known.problems.push(problem);
    } else {
      const all = problem_groups.find(({ code }) => code === problem.code);
      groups.set(problem.code, {
        code: problem.code,
        problems: [problem],
        count: all?.count ?? 1,
        last: all?.last ?? problem.at,
      });
    }
  }
  return [...groups.values()].map((group) => ({ ...group, count: Math.max(group.count, group.problems.length) }));
}
