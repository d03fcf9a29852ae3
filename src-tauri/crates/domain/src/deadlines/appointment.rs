//! When to be somewhere.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, attend, civil_code};
use crate::{DocumentKind, Premises};

/// An appointment: the day and time on the letter.
pub(super) struct Appointment;

impl DeadlineRule for Appointment {
    fn id(&self) -> &'static str {
        "appointment"
    }

    fn valid_from(&self) -> NaiveDate {
        civil_code()
    }

    fn source(&self) -> &'static str {
        "the letter itself"
    }

    fn derive(&self, premises: Premises<'_>) -> Option<Deadline> {
        (premises.document.kind == DocumentKind::Appointment).then(|| attend(self.id(), premises))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadlines::tests::derive;
    use crate::example::letter;
    use crate::{Field, Land, TaskKind};

    #[test]
    fn an_appointment_is_on_its_day_at_its_time_and_never_moves() {
        // A Sunday.
        let fields = [(Field::AppointmentStart, "2026-05-10T09:30")];
        let found = derive(&letter(DocumentKind::Appointment, &fields), Land::Bayern);
        assert_eq!((found.task, found.safe(), found.latest()), (Some(TaskKind::Attend), found.latest(), found.safe()));
        assert_eq!(found.time.map(|time| time.to_string()).as_deref(), Some("09:30:00"));
    }
}
