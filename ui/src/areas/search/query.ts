// The text of a query and its chips. The engine alone knows what a text means; here it is only taken apart and joined.
import type { Chip, ViewOrder } from '../../host/bindings';

export const ORDERS: ViewOrder[] = ['best', 'newest', 'oldest', 'due', 'amount'];

/** Hits on a page of them. */
export const PAGE = 20;

/** The query for what is in the trash. */
export const TRASH = 'status:trash';

/** The query without one of its chips, or with another text in its place. */
export function withChip(chips: Chip[], index: number, text = ''): string {
  return chips
    .map((chip, at) => (at === index ? text.trim() : chip.text))
    .filter(Boolean)
    .join(' ');
}

/** The query with one more condition. */
export const withMore = (query: string, condition: string) => `${query.trim()} ${condition}`.trim();

/** The query without a condition. Where it was typed as its chip says it, the other words stay as they were typed. */
export function withoutChip(query: string, chips: Chip[], chip: string): string {
  const [before, after, ...more] = ` ${query} `.split(` ${chip} `);
  if (before !== undefined && after !== undefined && !more.length) return `${before} ${after}`.trim();
  return chips
    .map(({ text }) => text)
    .filter((text) => text !== chip)
    .join(' ');
}
