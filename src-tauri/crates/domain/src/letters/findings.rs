//! What `understand` makes of a reading.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Confidence, CorrespondentId, DocumentKind, Fact, Field, Iban, Problem, SenderRule, Value};

/// A kind with how likely it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RankedKind {
    /// The kind.
    pub kind: DocumentKind,
    /// 0–1.
    pub confidence: Confidence,
}

/// What a document was found to be and to say. Never empty-handed: an unreadable page gives no facts and a problem.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Findings {
    /// Kinds, likeliest first; never empty after `understand`.
    pub kinds: Vec<RankedKind>,
    /// All candidates, for each field the best first.
    pub facts: Vec<Fact>,
    /// What was odd.
    pub problems: Vec<Problem>,
}

impl Findings {
    /// The likeliest kind; `other` with no confidence if nothing was found.
    pub fn kind(&self) -> RankedKind {
        self.kinds.first().copied().unwrap_or(RankedKind { kind: DocumentKind::Other, confidence: 0.0 })
    }

    /// The best fact for a field.
    pub fn best(&self, field: Field) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.field == field)
    }

    /// The value of the best fact for a field.
    pub fn value(&self, field: Field) -> Option<&Value> {
        self.best(field).map(|fact| &fact.value)
    }
}

/// What is already known and helps to understand the next letter.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The user's own names: never taken for the sender.
    pub own_names: Vec<String>,
    /// Correspondents with the ids by which they are recognised.
    pub correspondents: Vec<KnownCorrespondent>,
}

/// A correspondent as far as recognition needs it.
#[derive(Clone, Debug)]
pub struct KnownCorrespondent {
    /// Its id.
    pub id: CorrespondentId,
    /// Its name as the user sees it.
    pub name: String,
    /// Accounts seen on its letters.
    pub ibans: Vec<Iban>,
    /// VAT ids seen on its letters.
    pub vat_ids: Vec<String>,
    /// What persons have shown on its letters.
    pub rules: Vec<SenderRule>,
}
