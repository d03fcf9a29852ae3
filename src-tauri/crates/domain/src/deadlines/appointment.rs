//! When to be somewhere.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, civil_code};
use crate::{Document, DocumentKind, Field, Land, TaskKind, Value};

/// An appointment or event: the day and time on the letter.
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

    fn derive(&self, document: &Document, _: Land) -> Option<Deadline> {
        if !matches!(document.kind, DocumentKind::Appointment | DocumentKind::EventRegistration) {
            return None;
        }
        let Value::DateTime(start) = document.fact(Field::AppointmentStart)?.value else { return None };
        Some(Deadline {
            rule: self.id(),
            task: TaskKind::Attend,
            safe: Some(start.date()),
            time: Some(start.time()),
            latest: Some(start.date()),
            assumed: false,
            why: format!("appointment on {}", start.format("%Y-%m-%d %H:%M")),
        })
    }
}
