//! From the bytes that arrive to a document with its facts, its case and the gate.

mod arrival;
mod case;
mod correspondent;
mod document;
mod fact;
mod field;
mod file_name;
mod findings;
mod kind;
mod legal_act;
mod page_arrangement;
mod reading;
mod relation;
mod review;
mod room;
mod sender_rule;
mod suggestion;
mod warning;

pub use arrival::{Arrival, ArrivalContent, Outcome, Refusal, SourceId};
pub use case::cases;
pub use correspondent::{Correspondent, normalised_name};
pub use document::{Document, DocumentOrder, DocumentState};
pub use fact::{Check, Confidence, Evidence, ExtractorId, Fact, Origin};
pub use field::{Adjustment, Field, Instalment, LineItem, Shape, Skonto, TaxRate, Value, ValueError};
pub use file_name::{LONGEST_FILE_NAME, file_name};
pub use findings::{Findings, Known, KnownCorrespondent, RankedKind};
pub use kind::DocumentKind;
pub use legal_act::LegalAct;
pub use page_arrangement::{ArrangedPage, ArrangementError, check_arrangement, moved_evidence};
pub use reading::{Attachment, Code, CodeKind, Member, Page, PageOrigin, Problem, Reading, Rect, Word};
pub use relation::{Relation, answers, joined, relation, same_paper};
pub use review::{Doubt, Gate, gate};
pub use room::{MOST_FILE_BYTES, MOST_MEMBERS, Room};
pub use sender_rule::{Anchor, RuleRecord, SenderRule, Side};
pub use suggestion::{Counts, Label, Suggestion, TellingWord, UnknownLabel, suggestions, telling_words};
pub use warning::Warning;
