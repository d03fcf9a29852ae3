// In which order documents can be listed, and how a view's order is one of a list.
import type { DocumentOrder, ViewOrder } from '../../host/bindings';
import { m } from '../../text/m';

/** A list goes by the day a letter came in, a search by the day it was written. */
export function orderWord(order: DocumentOrder): string {
  switch (order) {
    case 'newest':
      return m.order_received();
    case 'oldest':
      return m.order_received_first();
    case 'due':
    case 'amount':
    case 'title':
    case 'correspondent':
      return m[`order_${order}`]();
  }
}

export const ORDERS: DocumentOrder[] = ['newest', 'oldest', 'due', 'amount', 'title', 'correspondent'];

/** A list has no best: all of it fits. */
export const listOrder = (order: ViewOrder): DocumentOrder => (order === 'best' ? 'newest' : order);

/** A view is not kept by titles or senders. */
export const viewOrder = (order: DocumentOrder): ViewOrder =>
  order === 'title' || order === 'correspondent' ? 'newest' : order;
