//! Views that are there from the start.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// In which order documents are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ViewOrder {
    /// What fits best first; without words, the newest.
    #[default]
    Best,
    /// By date, newest first.
    Newest,
    /// By date, oldest first.
    Oldest,
    /// By the day of the next open task, soonest first.
    Due,
    /// By amount, highest first.
    Amount,
}

impl ViewOrder {
    /// Every order.
    pub const ALL: &[Self] = &[Self::Best, Self::Newest, Self::Oldest, Self::Due, Self::Amount];

    /// The word kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Due => "due",
            Self::Amount => "amount",
        }
    }
}

/// A view that is there from the start; its name is a text of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadyView {
    /// Stable word.
    pub id: &'static str,
    /// What it shows.
    pub query: &'static str,
    /// In which order.
    pub order: ViewOrder,
}

/// The views that are there from the start.
pub const READY_VIEWS: &[ReadyView] = &[
    ReadyView { id: "review", query: "status:review", order: ViewOrder::Oldest },
    ReadyView { id: "unpaid", query: "task:pay", order: ViewOrder::Due },
    ReadyView { id: "overdue", query: "due:<today", order: ViewOrder::Due },
    ReadyView { id: "this_week", query: "due:this-week", order: ViewOrder::Due },
    ReadyView { id: "cancel_soon", query: "task:cancel-or-keep due:today..+3m", order: ViewOrder::Due },
    ReadyView {
        id: "tax_this_year",
        query: "kind:tax-notice or tag:steuer or tag:tax date:this-year",
        order: ViewOrder::Newest,
    },
    ReadyView { id: "without_sender", query: "without:sender", order: ViewOrder::Newest },
    ReadyView { id: "warnings", query: "has:warning", order: ViewOrder::Newest },
];
