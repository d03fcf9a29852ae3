// In which order documents can be listed, and how a view's order is one of a list.
import type { DocumentOrder, ViewOrder } from '../../host/bindings';

export const ORDERS: DocumentOrder[] = ['newest', 'oldest', 'due', 'amount', 'title', 'correspondent'];

/** A list has no best: all of it fits. */
export const listOrder = (order: ViewOrder): DocumentOrder => (order === 'best' ? 'newest' : order);

/** A view is not kept by titles or senders. */
export const viewOrder = (order: DocumentOrder): ViewOrder =>
  order === 'title' || order === 'correspondent' ? 'newest' : order;
