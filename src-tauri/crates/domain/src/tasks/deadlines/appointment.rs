//! When to be somewhere.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, attend, attend_at, civil_code};
use crate::{DeadlineContext, DocumentKind, Field};

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

    fn derive(&self, context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        // Whatever the letter is: who is told a day and an hour has to be there.
        let tells = document.kind == DocumentKind::Appointment || document.likely(Field::AppointmentStart).is_some();
        // An open day that is advertised is nobody's appointment.
        let elsewhere = matches!(document.kind, DocumentKind::EventRegistration | DocumentKind::Advertisement);
        (tells && !elsewhere).then(|| attend(self.id(), context))?
    }

    fn derive_all(&self, context: DeadlineContext<'_>) -> Vec<Deadline> {
        let Some(first) = self.derive(context.clone()) else { return Vec::new() };
        let others = context.document.appointments();
        std::iter::once(first)
            .chain(others.into_iter().map(|start| attend_at(self.id(), context.clone(), start)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{letter, living_in};
    use crate::tasks::deadlines::deadlines;
    use crate::tasks::deadlines::tests::derive;
    use crate::{Region, TaskKind};

    #[test]
    fn several_appointments_are_several_tasks_unless_a_person_has_named_another() {
        let days = |start: &str| -> Vec<String> {
            let all = (Field::Appointments, "2026-05-12T09:30; 2026-05-26T10:00");
            let several = letter(DocumentKind::Appointment, &[(Field::AppointmentStart, start), all]);
            let found = deadlines(&several, &living_in(Region::Bayern), NaiveDate::MIN);
            found.iter().filter_map(|one| Some(format!("{} {}", one.safe()?, one.time?))).collect()
        };
        assert_eq!(days("2026-05-12T09:30"), ["2026-05-12 09:30:00", "2026-05-26 10:00:00"]);
        assert_eq!(days("2026-06-01T08:00"), ["2026-06-01 08:00:00"]);
    }

    #[test]
    fn an_appointment_is_on_its_day_at_its_time_and_never_moves() {
        // A Sunday.
        let fields = [(Field::AppointmentStart, "2026-05-10T09:30")];
        let found = derive(&letter(DocumentKind::Appointment, &fields), Region::Bayern);
        assert_eq!((found.task, found.safe(), found.latest()), (Some(TaskKind::Attend), found.latest(), found.safe()));
        assert_eq!(found.time.map(|time| time.to_string()).as_deref(), Some("09:30:00"));
    }
}
