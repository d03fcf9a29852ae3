//! What a letter does not say and a deadline is counted with all the same; a person can say it is otherwise.

use std::mem::discriminant;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Period, Region};

/// One thing that was taken for granted, with its value. The texts of the interface hang on `what`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "what", content = "value", rename_all = "snake_case")]
pub enum Assumption {
    /// The letter came on that day: three days after its date.
    Received(NaiveDate),
    /// It was served formally on that day, as written on the yellow envelope (ZPO § 180).
    Served(NaiveDate),
    /// It was posted on that day: the day of the letter.
    Posted(NaiveDate),
    /// The day of notification moves off weekends and holidays: settled for taxes (AO § 108 (3)), disputed elsewhere.
    NotificationMoves(bool),
    /// The letter says correctly how to object; otherwise there is a year (AO § 356 (2), VwGO § 58 (2)).
    Instructed(bool),
    /// Whose public holidays count.
    #[serde(rename = "land")]
    Region(Region),
    /// The day by which to pay, where none is printed.
    Due(NaiveDate),
    /// The time in which to answer.
    Response(Period),
    /// The contract was made as a consumer (BGB § 13).
    Consumer(bool),
    /// The day on which the contract was made: the day of the letter.
    Concluded(NaiveDate),
    /// The last day of the term.
    TermEnd(NaiveDate),
    /// How long before its end to give notice.
    Notice(Period),
    /// By how many months the contract renews itself.
    RenewalMonths(u32),
    /// Days that the post may take.
    PostDays(u32),
    /// How long something can be used or claimed.
    ValidFor(Period),
}

impl Assumption {
    /// The word for what it is about, as the serialisation has it.
    pub fn what(&self) -> &'static str {
        match self {
            Self::Received(_) => "received",
            Self::Served(_) => "served",
            Self::Posted(_) => "posted",
            Self::NotificationMoves(_) => "notification_moves",
            Self::Instructed(_) => "instructed",
            Self::Region(_) => "land",
            Self::Due(_) => "due",
            Self::Response(_) => "response",
            Self::Consumer(_) => "consumer",
            Self::Concluded(_) => "concluded",
            Self::TermEnd(_) => "term_end",
            Self::Notice(_) => "notice",
            Self::RenewalMonths(_) => "renewal_months",
            Self::PostDays(_) => "post_days",
            Self::ValidFor(_) => "valid_for",
        }
    }

    /// Is it about the same thing, whatever the value?
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        discriminant(self) == discriminant(other)
    }

    /// Would another value make a quite different day, so that it is shown as a question?
    pub(crate) fn is_a_guess(&self) -> bool {
        matches!(self, Self::Due(_))
    }
}

/// An assumption that a deadline rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Assumed {
    /// What was taken for granted.
    pub assumption: Assumption,
    /// A person said so.
    pub by_user: bool,
}
