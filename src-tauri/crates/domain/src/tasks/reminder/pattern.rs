//! Which things want to be reminded of in another way than the usual stages.

use crate::TaskKind;

/// How a task wants to be reminded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReminderPattern {
    /// The usual stages before the due day, then twice a day at most.
    Stages,
    /// A week, a day and two hours before it begins; afterwards once a day.
    Appointment,
    /// A first question so many days before the due day, then the usual stages.
    Ahead {
        /// Days before the due day.
        days: u32,
    },
    /// Once, a few days before, and a calm question every week afterwards: little is lost if it passes.
    Once,
}

impl ReminderPattern {
    /// How a task of this kind under this deadline rule wants to be reminded of.
    pub fn of(task: TaskKind, rule: Option<&str>) -> Self {
        match task {
            TaskKind::Attend => Self::Appointment,
            // "Keep or cancel?" is asked while there is time to compare.
            TaskKind::CancelOrKeep if rule == Some("price_increase") => Self::Ahead { days: 21 },
            TaskKind::CancelOrKeep => Self::Ahead { days: 90 },
            TaskKind::Renew | TaskKind::Maintain => Self::Ahead { days: 28 },
            TaskKind::Object if rule == Some("withdrawal") => Self::Once,
            TaskKind::ExpectMoney | TaskKind::AwaitConfirmation => Self::Once,
            TaskKind::Pay
            | TaskKind::CheckDebit
            | TaskKind::Object
            | TaskKind::PickUp
            | TaskKind::Redeem
            | TaskKind::Other => Self::Stages,
        }
    }
}
