//! A document: one piece of paper with its meaning.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Assumption, Confidence, CorrespondentId, DocumentId, DocumentKind, Fact, Field, FileId, Iban, Instalment, Land,
    LegalAct, Value,
};

/// Where a document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    /// Something is unsure: a person should look.
    Review,
    /// Its meaning is settled.
    Accepted,
    /// Older than its own deadlines: filed quietly, asked about in one card.
    OldPost,
}

impl DocumentState {
    /// The word kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Accepted => "accepted",
            Self::OldPost => "old_post",
        }
    }
}

/// In which order documents are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DocumentOrder {
    /// What came in last first.
    #[default]
    Newest,
    /// What came in first first.
    Oldest,
    /// By title.
    Title,
    /// By the name of the sender.
    Correspondent,
    /// By the day of the next open task, soonest first.
    Due,
    /// By amount, highest first.
    Amount,
}

impl DocumentOrder {
    /// The word in queries.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Title => "title",
            Self::Correspondent => "correspondent",
            Self::Due => "due",
            Self::Amount => "amount",
        }
    }
}

/// One piece of paper with its meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// The original file.
    pub file: FileId,
    /// What it is.
    pub kind: DocumentKind,
    /// How sure the kind is; 1 when a person said so.
    pub kind_confidence: Confidence,
    /// One line for people.
    pub title: String,
    /// Who sent it.
    pub correspondent: Option<CorrespondentId>,
    /// Where it stands.
    pub state: DocumentState,
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// The best fact for each field, a person's words first.
    pub facts: Vec<Fact>,
    /// What a person said where a deadline would rest on an assumption; at most one about each thing.
    pub assumptions: Vec<Assumption>,
}

impl Document {
    /// The fact for a field.
    pub fn fact(&self, field: Field) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.field == field)
    }

    /// The date of a field.
    pub fn date(&self, field: Field) -> Option<NaiveDate> {
        self.fact(field).and_then(|fact| fact.value.date())
    }

    /// The amount of a field.
    pub fn amount(&self, field: Field) -> Option<Decimal> {
        self.fact(field).and_then(|fact| fact.value.amount())
    }

    /// The text of a field.
    pub fn text(&self, field: Field) -> Option<String> {
        self.fact(field).map(|fact| fact.value.plain())
    }

    /// The whole number of a field; none if negative.
    pub(crate) fn integer(&self, field: Field) -> Option<u32> {
        match self.fact(field)?.value {
            Value::Integer(number) => u32::try_from(number).ok(),
            _ => None,
        }
    }

    /// What a court, an authority or an employer has done with it.
    pub fn legal_act(&self) -> Option<LegalAct> {
        self.text(Field::LegalAct).and_then(|word| LegalAct::parse(&word))
    }

    /// What is to be paid: the amount due, else the total.
    pub fn to_pay(&self) -> Option<&Fact> {
        self.fact(Field::AmountDue).or_else(|| self.fact(Field::TotalGross))
    }

    /// Will the sender take the money himself? UNTDID 4461 codes 49 and 59, a debit date, or an account to be debited.
    pub fn is_direct_debit(&self) -> bool {
        let by_code = matches!(self.text(Field::PaymentMeansCode).as_deref(), Some("49" | "59"));
        by_code || self.fact(Field::DirectDebitDate).is_some() || self.fact(Field::DebtorIban).is_some()
    }

    /// The day printed on the letter, else the day it came in.
    pub fn letter_date(&self) -> Option<NaiveDate> {
        self.date(Field::PostingOrLetterDate).or_else(|| self.date(Field::IssueDate))
    }

    /// The parts in which it is to be paid, in their order: none unless there are several, and the first of them is what
    /// the document asks for first.
    pub(crate) fn instalments(&self) -> &[Instalment] {
        match self.fact(Field::Instalments).map(|fact| &fact.value) {
            Some(Value::Instalments(parts)) if parts.len() > 1 => {
                let first = parts.first().map(|part| (part.due, part.amount));
                let asked = self.date(Field::DueDate).zip(self.to_pay().and_then(|fact| fact.value.amount()));
                if first == asked { parts } else { &[] }
            }
            Some(_) | None => &[],
        }
    }

    /// The country whose rules of payment hold, judged by the account to pay to.
    pub(crate) fn is_swiss(&self) -> bool {
        matches!(self.fact(Field::Iban).map(|f| &f.value), Some(Value::Iban(iban)) if is_swiss(iban))
    }

    /// The Land whose holidays count, unless the letter comes from a country without ours.
    pub(crate) fn land(&self, own: Land) -> Land {
        if self.is_swiss() { Land::Switzerland } else { own }
    }
}

fn is_swiss(iban: &Iban) -> bool {
    iban.as_str().starts_with("CH") || iban.as_str().starts_with("LI")
}
