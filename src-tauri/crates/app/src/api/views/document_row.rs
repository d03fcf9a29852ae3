use chrono::{DateTime, NaiveDate, Utc};
use domain::{DocumentId, DocumentKind, DocumentState, FileId, Money, MoneyState};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A line in a list of documents.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DocumentRow {
    /// Its id.
    pub id: DocumentId,
    /// Its file, by content.
    pub file: FileId,
    /// One line for people.
    pub title: String,
    /// What it is.
    pub kind: DocumentKind,
    /// Where it stands.
    pub state: DocumentState,
    /// Name of the sender.
    pub correspondent: Option<String>,
    /// Date of the letter.
    pub issue_date: Option<NaiveDate>,
    /// Printed or counted day.
    pub due_date: Option<NaiveDate>,
    /// The day of its next open task.
    pub next_day: Option<NaiveDate>,
    /// What is to be paid, or the total.
    pub amount: Option<Money>,
    /// Which way that money goes, and where it stands; none where that is not known.
    pub money: Option<MoneyState>,
    /// Number of pages.
    pub page_count: u32,
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// In the trash since.
    pub trashed_at: Option<DateTime<Utc>>,
    /// The day on which it is deleted for good, where it is in the trash.
    pub gone_on: Option<NaiveDate>,
}
