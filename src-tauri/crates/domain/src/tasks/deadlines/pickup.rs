//! Until when something waits to be picked up.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule};
use crate::{Count, DeadlineContext, DocumentKind, Field, Period, StartKind, TaskKind};

/// A parcel or letter at the shop: to the printed day, else seven days, which is what the parcel services keep to.
/// Served by deposit it counts as served all the same (ZPO § 181).
pub(super) struct Pickup;

impl DeadlineRule for Pickup {
    fn id(&self) -> &'static str {
        "pickup"
    }

    fn valid_from(&self) -> NaiveDate {
        // Postgesetz of 2024.
        NaiveDate::from_ymd_opt(2024, 7, 19).unwrap_or(NaiveDate::MIN)
    }

    fn source(&self) -> &'static str {
        "the notice itself; PostG § 18; ZPO § 181"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        if document.kind != DocumentKind::PickupNotice {
            return None;
        }
        let kept = match document.date(Field::ExpiryDate) {
            Some(day) => Count::from(StartKind::Expiry, day),
            None => {
                let period = context.valid_for(Period::days(7));
                Count::from(StartKind::LetterDate, context.letter_day()).plus(period)
            }
        };
        let land = context.land();
        let safe = kept.clone().working_day_before(land);
        let mut deadline = context.deadline(self.id(), Some(TaskKind::PickUp), Some(safe), Some(kept));
        // What is left to pay at the counter.
        deadline.amount =
            document.to_pay().and_then(|fact| fact.value.amount()).filter(|amount| amount.is_sign_positive());
        Some(deadline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;
    use crate::tasks::deadlines::tests::check;

    #[test]
    fn a_parcel_is_fetched_while_the_shop_is_open() {
        use Field::{ExpiryDate, IssueDate};
        let kind = DocumentKind::PickupNotice;
        let pick_up = TaskKind::PickUp;
        check(kind, &[(ExpiryDate, "2025-06-20")], Region::NordrheinWestfalen, (pick_up, "2025-06-20", "2025-06-20"));
        // A Sunday; and seven days that end on Corpus Christi.
        check(kind, &[(ExpiryDate, "2025-06-22")], Region::Berlin, (pick_up, "2025-06-20", "2025-06-22"));
        check(kind, &[(IssueDate, "2025-06-12")], Region::Bayern, (pick_up, "2025-06-18", "2025-06-19"));
    }
}
