//! When an event, a trip or a stay begins.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, attend, civil_code};
use crate::{DeadlineContext, DocumentKind};

/// A ticket, registration or booking: the day and time on it. There is no right to withdraw from dated leisure
/// services (BGB § 312g (2) no. 9).
pub(super) struct Event;

impl DeadlineRule for Event {
    fn id(&self) -> &'static str {
        "event"
    }

    fn valid_from(&self) -> NaiveDate {
        civil_code()
    }

    fn source(&self) -> &'static str {
        "the ticket itself; BGB § 312g (2) no. 9"
    }

    fn derive(&self, context: DeadlineContext<'_>) -> Option<Deadline> {
        (context.document.kind == DocumentKind::EventRegistration).then(|| attend(self.id(), context))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{letter, living_in};
    use crate::tasks::deadlines::deadlines;
    use crate::{Field, Region, TaskKind};

    #[test]
    fn a_booking_is_attended_and_its_deposit_paid() {
        let fields =
            [(Field::AppointmentStart, "2026-07-31T15:00"), (Field::AmountDue, "200"), (Field::DueDate, "2026-06-01")];
        let kind = DocumentKind::EventRegistration;
        let found = deadlines(&letter(kind, &fields), &living_in(Region::Berlin), "2026-05-21".parse().unwrap());
        let mut tasks: Vec<_> = found.iter().filter_map(|one| one.task).collect();
        tasks.sort_by_key(|task| task.as_str());
        assert_eq!(tasks, [TaskKind::Attend, TaskKind::Pay]);
        assert_eq!(deadlines(&letter(kind, &[]), &living_in(Region::Berlin), "2026-05-21".parse().unwrap()), []);
    }
}
