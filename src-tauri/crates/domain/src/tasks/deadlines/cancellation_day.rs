//! Until which printed day a contract can be left.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, arrives_at_once, consumer_contracts, contract};
use crate::{Count, DeadlineContext, DocumentKind, Field, Note, Origin, Period, StartKind, TaskKind};

/// The day that the letter itself names, such as the last one of a special right or of a trial month: by then the notice
/// must have arrived.
pub(super) struct CancellationDay;

impl DeadlineRule for CancellationDay {
    fn id(&self) -> &'static str {
        "cancellation_day"
    }

    fn valid_from(&self) -> NaiveDate {
        consumer_contracts()
    }

    fn source(&self) -> &'static str {
        "the letter itself; BGB §§ 130, 309 no. 9, 314"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        let harmless = matches!(document.kind, DocumentKind::CancellationConfirmation | DocumentKind::Publication);
        let by = document.cancel_by().filter(|_| !harmless)?;
        // Bills mention the right to leave year by year; only a day that is printed is news.
        if document.kind.asks_for_money() && by.origin == Origin::Derived {
            return None;
        }
        let day = by.value.date()?;
        // To the day of a change: that rule knows that the notice has to come before it.
        if document.likely(Field::EffectiveDate).and_then(|fact| fact.value.date()) == Some(day) {
            return None;
        }
        let (post, land) = (context.post_days(), context.land());
        context.note(Note::ArrivalCounts);
        let printed = Count::from(StartKind::Printed, contract::last_day(None, day));
        // What is ended by a click arrives at once.
        let by_click = ["online", "click", "klick", "kundenkonto", "in your account", "in der app", "in the app"];
        let by_post = ["schriftlich", "textform", "brief", "post", "in writing", "letter", "received"];
        let sent = if arrives_at_once(by, &by_click, &by_post) { printed.clone() } else { printed.clone().post(post) };
        let safe = sent.working_day_before(land);
        // "Within a month of receiving this letter" is counted from the letter to be safe, and from its receipt at the latest.
        let words = by.evidence.as_ref().map(|place| place.text.as_str()).unwrap_or_default();
        let counted = Period::find(words).filter(|_| by.origin == Origin::Derived);
        let latest = counted.map_or(printed, |period| context.receipt().1.plus(period));
        let mut deadline = context.deadline(self.id(), Some(TaskKind::CancelOrKeep), Some(safe), Some(latest));
        deadline.amount = document.amount(Field::RecurringAmount);
        Some(deadline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;
    use crate::tasks::deadlines::tests::{check, safe_by_words};

    #[test]
    fn the_printed_day_is_the_last_on_which_the_notice_may_arrive() {
        let fields = [(Field::IssueDate, "2026-04-27"), (Field::CancelBy, "2026-06-15")];
        check(DocumentKind::Letter, &fields, Region::Bayern, (TaskKind::CancelOrKeep, "2026-06-12", "2026-06-15"));
    }

    #[test]
    fn what_is_ended_by_a_click_needs_no_days_for_the_post() {
        let fields = [(Field::IssueDate, "2026-04-27"), (Field::CancelBy, "2026-06-15")];
        let safe = |words: &str| safe_by_words(DocumentKind::Contract, &fields, words, Region::Bayern);
        assert_eq!(safe("Cancel online no later than 15 June.").as_deref(), Some("2026-06-15"));
        assert_eq!(safe("Sie können bis zum 15.06. online oder in Textform kündigen.").as_deref(), Some("2026-06-12"));
    }
}
