import type { DocumentOrder, Hint, ViewOrder, ViewRow } from '../../host/bindings';
import { m } from '../../text/m';

const READY: Record<string, () => string> = {
  review: m.view_review,
  unpaid: m.view_unpaid,
  overdue: m.view_overdue,
  this_week: m.view_this_week,
  cancel_soon: m.view_cancel_soon,
  tax_this_year: () => m.view_tax_this_year({ year: new Date().getFullYear() }),
  without_sender: m.view_without_sender,
  warnings: m.view_warnings,
};

/** Its own name, or the text of one that is there from the start. */
export const viewName = (view: ViewRow) => READY[view.id]?.() ?? view.name;

export const orderName = (order: ViewOrder | DocumentOrder) => m[`order_${order}`]();

export function hintText(hint: Hint): string {
  const text =
    hint.code === 'unknown_key' ? m.search_hint_key({ typed: hint.typed }) : m.search_hint_value({ typed: hint.typed });
  return hint.suggestion ? `${text} ${m.search_hint_suggestion({ suggestion: hint.suggestion })}` : text;
}
