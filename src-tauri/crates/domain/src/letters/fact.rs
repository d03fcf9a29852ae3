//! One value found for a field, with where it came from, how sure it is and the place that proves it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Field, Rect, Value};

/// How likely a value is right, 0–1.
pub type Confidence = f32;

/// The id of an extractor, such as `e_invoice` or `amounts`.
pub type ExtractorId = String;

/// What a value was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The XML of an e-invoice.
    Xml,
    /// The file's text layer.
    Text,
    /// Recognised letters.
    Ocr,
    /// A payment code on the page.
    Code,
    /// Worked out from other facts, such as "within 14 days".
    Derived,
    /// A person said so: outranks everything.
    User,
}

/// An independent reason to believe a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Stated in the structured part of an e-invoice.
    Structured,
    /// Check digits are right (IBAN, VAT id, creditor reference).
    CheckDigits,
    /// Amounts add up (net + tax = gross, gross − prepaid = due).
    SumsAgree,
    /// The same value stands in a payment code.
    CodeAgrees,
    /// A payment code and the page say different things.
    CodeDiffers,
    /// The same value was found in two independent places.
    SourcesAgree,
    /// Stands beside a label that says just this.
    Labelled,
    /// Stands where a person has shown it on an earlier letter of the sender.
    Learned,
    /// On letters by others what was found so was right next to always.
    Likely,
    /// A person confirmed it.
    Confirmed,
}

/// How sure a value is, as it is shown and spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Proven, or said by a person.
    Sure,
    /// Likelier right than wrong, and nothing depends on it: it is not asked about.
    Probable,
    /// A person is asked.
    Question,
}

/// The place that proves a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Evidence {
    /// Page, counted from 1.
    pub page: u32,
    /// The place on it.
    pub rect: Rect,
    /// The words there.
    pub text: String,
}

/// One value found for a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Fact {
    /// What it says something about.
    pub field: Field,
    /// What it says.
    pub value: Value,
    /// How likely it is right.
    pub confidence: Confidence,
    /// Proven by an independent check or by agreement of sources; shown as a fact, not as a question.
    pub certain: bool,
    /// What it was read from.
    pub origin: Origin,
    /// Which extractor found it.
    pub by: ExtractorId,
    /// Where it stands; none for XML and derived values.
    pub evidence: Option<Evidence>,
    /// Why to believe it.
    pub checks: Vec<Check>,
}

impl Fact {
    /// The words on the page that it was read from, in small letters; empty where it was not read.
    pub(crate) fn words(&self) -> String {
        self.evidence.as_ref().map(|place| place.text.to_lowercase()).unwrap_or_default()
    }

    /// How sure it is; `questioned`: the gate asks about it.
    pub fn certainty(&self, questioned: bool) -> Certainty {
        match (self.origin == Origin::User, questioned, self.certain) {
            (true, ..) => Certainty::Sure,
            (false, true, _) => Certainty::Question,
            (false, false, true) => Certainty::Sure,
            (false, false, false) => Certainty::Probable,
        }
    }
}
