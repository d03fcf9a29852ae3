// A task as it is edited.
import type { Money, TaskDraft, TaskView } from '../../host/bindings';

/** All of a task that a person can say, as it is now. */
export function draftOf(task: TaskView): TaskDraft {
  const chosen = task.priority.reasons.some(({ reason }) => reason === 'chosen');
  return {
    title: task.title,
    kind: task.kind,
    due: task.due,
    due_time: task.due_time,
    amount: task.amount,
    payee: task.payee,
    description: task.description,
    minutes: task.minutes,
    urgency: chosen ? task.priority.urgency : null,
    tags: task.tags,
    steps: task.checklist,
    recurrence: task.recurrence
      ? {
          rule: task.recurrence.rule,
          counted_from: task.recurrence.counted_from,
          except: task.recurrence.except,
        }
      : null,
    documents: task.documents,
  };
}

/** An amount as people type it; the engine says what is no amount. */
export function readMoney(text: string, currency: string): Money | null {
  const typed = text.trim();
  if (!typed) return null;
  const amount = typed.includes(',') ? typed.replaceAll('.', '').replace(',', '.') : typed;
  return { amount, currency };
}

/** The same members, in whatever order. */
export const isSame = (a: string[], b: string[]) => a.length === b.length && a.every((one) => b.includes(one));
