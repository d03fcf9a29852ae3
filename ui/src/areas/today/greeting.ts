// The first line of Today: one calm sentence for the situation.
import type { News, TodayView } from '../../host/bindings';
import { dayText, distanceText, weekdayName } from '../../text/dates';
import { m } from '../../text/m';

/** Says as much as the cards below: how many things there are, or what comes next. */
export function greeting(view: TodayView): string {
  return view.away ? `${newsText(view.away, view.date)} ${afterNews(view)}` : ofTheDay(view);
}

function ofTheDay(view: TodayView): string {
  const [first, second, third] = view.cards;
  if (third) return view.this_week > view.cards.length ? m.greet_more({ count: view.this_week }) : m.greet_matters_3();
  if (second) return m.greet_matters_2();
  if (first) return m.greet_matters_1();
  const next = view.coming.find(({ days_left }) => days_left !== null && days_left > 0);
  if (next) return m.greet_next({ title: next.title, distance: distanceText(next.days_left ?? 0) });
  if (view.review_count) return m.greet_review();
  return view.coming.length || view.late ? m.greet_quiet() : m.greet_calm();
}

/** What is to be done, for who has just been told what happened meanwhile. */
function afterNews(view: TodayView): string {
  const [first, second, third] = view.cards;
  const isMore = view.this_week + view.late > view.cards.length;
  if (third) return isMore ? m.now_first_3() : m.now_3();
  if (second) return m.now_2();
  return first ? m.now_1() : m.now_none();
}

/** `Since Monday: 3 letters, 2 debited, 1 appointment missed.` */
export function newsText(news: News, today: string): string {
  const days = Math.round((Date.parse(today) - Date.parse(news.since)) / 86_400_000);
  const day = days < 7 ? weekdayName(news.since) : dayText(news.since, today.slice(0, 4));
  const parts = [
    news.letters && m.news_letters({ count: news.letters }),
    news.paid && m.news_paid({ count: news.paid }),
    news.debited && m.news_debited({ count: news.debited }),
    news.overdue && m.news_overdue({ count: news.overdue }),
    news.missed && m.news_missed({ count: news.missed }),
    news.lapsed && m.news_lapsed({ count: news.lapsed }),
  ].filter(Boolean);
  return parts.length ? m.news_since({ day, what: parts.join(', ') }) : m.news_none({ day });
}
