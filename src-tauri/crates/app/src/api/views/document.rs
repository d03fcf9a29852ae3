use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Certainty, Check, Confidence, CorrespondentId, DocumentId, DocumentKind, Doubt, Evidence, Field, Origin,
    PageOrigin, Problem, RankedKind, Rect, Relation, Shape, SourceId, Warning,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DocumentRow, TaskView};

/// A value for a field, as shown: the chosen one with its other candidates.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FactView {
    /// What it says something about.
    pub field: Field,
    /// The form of the value.
    pub shape: Shape,
    /// The value: ISO date, decimal string, account without spaces; none where a wanted field was not found.
    pub value: Option<String>,
    /// How likely it is right.
    pub confidence: Confidence,
    /// Proven.
    pub certain: bool,
    /// How sure that is; a question where a wanted field was not found.
    pub certainty: Certainty,
    /// A reason to ask the person about it.
    pub questioned: bool,
    /// Where it was read from.
    pub origin: Option<Origin>,
    /// Its place on the page.
    pub evidence: Option<Evidence>,
    /// Why to believe it.
    pub checks: Vec<Check>,
    /// Other values that were found, best first.
    pub candidates: Vec<CandidateView>,
}

/// Another value that could be meant.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CandidateView {
    /// The value in the same form.
    pub value: String,
    /// Its place on the page.
    pub evidence: Option<Evidence>,
}

/// A page to be shown; its picture comes from the page-image address of the host.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PageView {
    /// Counted from 1.
    pub number: u32,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Where its words come from.
    pub origin: PageOrigin,
}

/// A word of a page.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct WordView {
    /// The text without spaces.
    pub text: String,
    /// Its place, in fractions of the page.
    pub rect: Rect,
}

/// One way in which the same file came in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ArrivalView {
    /// Where from.
    pub source: SourceId,
    /// File name.
    pub name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Another document of the same case.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RelatedView {
    /// Which.
    pub id: DocumentId,
    /// One line for people.
    pub title: String,
    /// What it is.
    pub kind: DocumentKind,
    /// Date of the letter.
    pub issue_date: Option<NaiveDate>,
    /// What the two are to each other, if one names the other; else they belong together through a third.
    pub relation: Option<Relation>,
}

/// A day that is good to know and asks for nothing.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct KnownDay {
    /// Id of the deadline rule.
    pub rule: String,
    /// The day.
    pub day: NaiveDate,
    /// How it was worked out.
    pub why: String,
    /// Statute and section.
    pub source: String,
}

/// An account that letters of a sender name, where they name several.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AccountView {
    /// Without spaces.
    pub iban: String,
    /// The first letter that names it.
    pub document: DocumentId,
    /// The day of that letter.
    pub day: Option<NaiveDate>,
    /// Letters before it name another one.
    pub is_newer: bool,
}

/// Everything about one document.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DocumentView {
    /// The line of the list.
    #[serde(flatten)]
    pub row: DocumentRow,
    /// Name of the original.
    pub file_name: String,
    /// Who sent it.
    pub correspondent_id: Option<CorrespondentId>,
    /// How sure the kind is.
    pub kind_confidence: Confidence,
    /// Kinds it could also be.
    pub kinds: Vec<RankedKind>,
    /// Pages.
    pub pages: Vec<PageView>,
    /// Values, the important ones first.
    pub facts: Vec<FactView>,
    /// Why it is in review.
    pub doubts: Vec<Doubt>,
    /// What was odd.
    pub problems: Vec<Problem>,
    /// What is to be done.
    pub tasks: Vec<TaskView>,
    /// Days to know that ask for nothing: the end of a warranty, when the next statement should come.
    pub known_days: Vec<KnownDay>,
    /// How it came in.
    pub arrivals: Vec<ArrivalView>,
    /// What to look at before paying.
    pub warnings: Vec<Warning>,
    /// The accounts that a warning is about.
    pub accounts: Vec<AccountView>,
    /// The other documents of its case, the oldest first.
    pub related: Vec<RelatedView>,
    /// Documents that came in the same archive, mail or stack.
    pub came_with: Vec<DocumentId>,
    /// Whether words that may change what follows from it are still read a second time.
    pub second_reading: bool,
}
