// The first line of Today: one calm sentence for the situation.
import type { TodayView } from '../../host/bindings';
import { distanceText } from '../../text/dates';
import { m } from '../../text/m';

/** After so many days without a look at Today somebody is welcomed back. */
const AWAY_DAYS = 7;
const LAST_SEEN = 'today-last-seen';

/** Whole days since Today was last looked at; 0 the first time. Remembers that it is looked at now. */
export function daysAway(today: string, memory: Storage): number {
  const last = memory.getItem(LAST_SEEN) ?? today;
  memory.setItem(LAST_SEEN, today);
  return Math.round((Date.parse(today) - Date.parse(last)) / 86_400_000);
}

/** Says as much as the cards below: how many things there are in the next seven days, or what comes next. */
export function greeting(view: TodayView, away: number): string {
  if (view.cards.length && away >= AWAY_DAYS) return m.greet_welcome_back();
  const [first, second, third] = view.cards;
  if (third) return view.this_week > view.cards.length ? m.greet_more({ count: view.this_week }) : m.greet_matters_3();
  if (second) return m.greet_matters_2();
  if (first) return m.greet_matters_1();
  if (view.review_count) return m.greet_review();
  const next = view.coming.find(({ days_left }) => days_left !== null && days_left > 0);
  if (next) return m.greet_next({ title: next.title, distance: distanceText(next.days_left ?? 0) });
  return view.coming.length || view.late ? m.greet_quiet() : m.greet_calm();
}
