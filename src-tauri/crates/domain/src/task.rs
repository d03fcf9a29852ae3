//! Something to do.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Derivation, DocumentId, DocumentKind, Money, TaskId};

macro_rules! words {
    ($(#[$outer:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word kept in the database and used on the command line.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

words! {
    /// What sort of thing is to be done.
    TaskKind {
        /// Transfer money.
        Pay = "pay",
        /// Have the money on the account: it will be debited.
        CheckDebit = "check_debit",
        /// Object to a decision.
        Object = "object",
        /// Decide whether to keep a contract.
        CancelOrKeep = "cancel_or_keep",
        /// Be somewhere.
        Attend = "attend",
        /// Fetch something.
        PickUp = "pick_up",
        /// Use something before it expires.
        Redeem = "redeem",
        /// Have something renewed.
        Renew = "renew",
        /// Have something inspected or serviced.
        Maintain = "maintain",
        /// Money should come in.
        ExpectMoney = "expect_money",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// Where a task stands.
    TaskStatus {
        /// Not begun.
        Open = "open",
        /// Begun.
        InProgress = "in_progress",
        /// Waiting for somebody else.
        Waiting = "waiting",
        /// Done.
        Done = "done",
        /// Will not be done.
        Cancelled = "cancelled",
    }
}

words! {
    /// By what a task was done.
    DoneHow {
        /// Paid.
        Paid = "paid",
        /// A letter or mail was sent.
        Sent = "sent",
        /// By telephone.
        Called = "called",
        /// In another way.
        Other = "other",
    }
}

impl TaskStatus {
    /// Is it still to be done?
    pub fn is_open(self) -> bool {
        match self {
            Self::Open | Self::InProgress | Self::Waiting => true,
            Self::Done | Self::Cancelled => false,
        }
    }
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// What it came from.
    pub document: Option<DocumentId>,
    /// Kind of that document.
    pub document_kind: Option<DocumentKind>,
    /// What sort of thing.
    pub kind: TaskKind,
    /// Whom or what it is about, such as the sender's name.
    pub title: String,
    /// The safe day: the one to act on.
    pub due: Option<NaiveDate>,
    /// Time of that day, for appointments.
    pub due_time: Option<NaiveTime>,
    /// The latest legal day, where known.
    pub latest: Option<NaiveDate>,
    /// The date was proposed, not read: shown as a question.
    pub assumed: bool,
    /// How much.
    pub amount: Option<Money>,
    /// Who gets the money.
    pub payee: Option<String>,
    /// Id of the deadline rule.
    pub rule: Option<String>,
    /// How the date was worked out, one line.
    pub why: String,
    /// How the date was worked out, step by step; none for tasks made by hand.
    pub derivation: Option<Derivation>,
    /// Ids of the first steps; the interface has the texts.
    pub steps: Vec<String>,
    /// Where it stands.
    pub status: TaskStatus,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// By what.
    pub done_how: Option<DoneHow>,
}
