// What can be listed, and in which order.
import type { DocumentOrder, DocumentQuery } from '../../host/bindings';
import { m } from '../../text/m';
import { stateWord } from '../../text/words';

export const FILTERS = ['all', 'review', 'accepted', 'old_post', 'trash'] as const;
export type Filter = (typeof FILTERS)[number];

export const ORDERS: DocumentOrder[] = ['newest', 'oldest', 'title', 'correspondent'];

export const filterWord = (filter: Filter) =>
  filter === 'all' ? m.filter_all() : filter === 'trash' ? m.filter_trash() : stateWord(filter);

/** The part of a question that a filter stands for. */
export function filterQuery(filter: Filter): DocumentQuery {
  if (filter === 'trash') return { trashed: true };
  return filter === 'all' ? {} : { state: filter };
}
