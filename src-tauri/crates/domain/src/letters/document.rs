//! A document: one piece of paper with its meaning.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Assumption, Confidence, CorrespondentId, Count, DocumentId, DocumentKind, Fact, Field, FileId, Iban, Instalment,
    LegalAct, Origin, Period, Region, Remedy, StartKind, Value,
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
    Stale,
}

impl DocumentState {
    /// The word kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Accepted => "accepted",
            Self::Stale => "stale",
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

    /// The fact for a field that is likelier right than wrong: enough to plan by it where the kind of letter does not speak
    /// for it.
    pub fn likely(&self, field: Field) -> Option<&Fact> {
        /// Half: as likely as not.
        const LIKELY: f32 = 0.5;
        self.fact(field).filter(|fact| fact.certain || fact.origin == Origin::User || fact.confidence >= LIKELY)
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

    /// What one can do against a decision, where the letter names it.
    pub(crate) fn remedy(&self) -> Option<Remedy> {
        self.text(Field::Remedy).and_then(|word| Remedy::parse(&word))
    }

    /// What is to be paid: the amount due, else the total.
    pub fn to_pay(&self) -> Option<&Fact> {
        self.fact(Field::AmountDue).or_else(|| self.fact(Field::TotalGross))
    }

    /// The printed day of the payment, else that of the debit.
    pub fn day_of_money(&self) -> Option<NaiveDate> {
        self.date(Field::DueDate).or_else(|| self.date(Field::DirectDebitDate))
    }

    /// Does it say itself that nothing is left to pay of what it bills?
    pub fn is_settled(&self) -> bool {
        self.amount(Field::AmountDue).is_some_and(|due| due.is_zero())
            && self.amount(Field::TotalGross).is_some_and(|total| total.is_sign_positive() && !total.is_zero())
    }

    /// How much it is about: what is to be paid, or the total where nothing is left to pay, as on a receipt.
    pub fn worth(&self) -> Option<&Fact> {
        let is_left = |fact: &&Fact| fact.value.amount().is_some_and(|amount| !amount.is_zero());
        self.to_pay().filter(is_left).or_else(|| self.fact(Field::TotalGross)).or_else(|| self.to_pay())
    }

    /// Will the sender take the money himself? UNTDID 4461 codes 49 and 59, a debit date, or an account to be debited.
    pub fn is_direct_debit(&self) -> bool {
        // What a reminder asks for by a day has to be sent: the debit it speaks of failed, or is the next one.
        if self.kind == DocumentKind::Dunning && self.date(Field::DueDate).is_some() {
            return false;
        }
        let by_code = matches!(self.text(Field::PaymentMeansCode).as_deref(), Some("49" | "59"));
        by_code || self.fact(Field::DirectDebitDate).is_some() || self.fact(Field::DebtorIban).is_some()
    }

    /// The day printed on the letter, else the day it came in.
    pub fn letter_date(&self) -> Option<NaiveDate> {
        self.date(Field::PostingOrLetterDate).or_else(|| self.date(Field::IssueDate))
    }

    /// The parts in which it is to be paid, in their order: none unless there are several, and the first of them is what
    /// the document asks for first, or all of them together are what it asks for.
    pub(crate) fn instalments(&self) -> &[Instalment] {
        match self.fact(Field::Instalments).map(|fact| &fact.value) {
            Some(Value::Instalments(parts)) if parts.len() > 1 => {
                let of_day = |part: &Instalment| (part.due, part.amount);
                let amount = self.to_pay().and_then(|fact| fact.value.amount());
                let asked = self.date(Field::DueDate).zip(amount);
                let sum: Decimal = parts.iter().map(|part| part.amount).sum();
                let is_part = asked.is_some_and(|asked| parts.iter().any(|part| of_day(part) == asked));
                if is_part || amount == Some(sum) { parts } else { &[] }
            }
            Some(_) | None => &[],
        }
    }

    /// The appointments of a letter besides the one that it is about, where it names several.
    pub(crate) fn appointments(&self) -> Vec<NaiveDateTime> {
        let first = match self.fact(Field::AppointmentStart).map(|fact| &fact.value) {
            Some(Value::DateTime(first)) => *first,
            Some(_) | None => return Vec::new(),
        };
        let listed = self.text(Field::Appointments).unwrap_or_default();
        let read = |text: &str| NaiveDateTime::parse_from_str(text.trim(), "%Y-%m-%dT%H:%M").ok();
        let all: Vec<NaiveDateTime> = listed.split(';').filter_map(read).collect();
        // A person may have named another one.
        if all.contains(&first) { all.into_iter().filter(|start| *start != first).collect() } else { Vec::new() }
    }

    /// The day by which the letter itself says that a contract can be left. The end of the first term is none, where the
    /// letter names a period of notice before it.
    pub(crate) fn cancel_by(&self) -> Option<&Fact> {
        /// Days by which letters name the same end differently.
        const NEAR: i64 = 3;
        let by = self.likely(Field::CancelBy)?;
        let months = self.fact(Field::InitialTermMonths).and_then(|fact| match fact.value {
            Value::Integer(months) => u32::try_from(months).ok(),
            _ => None,
        });
        let start = self.date(Field::ContractStart).or_else(|| self.letter_date());
        let end = start.zip(months).and_then(|(start, months)| start.checked_add_months(chrono::Months::new(months)));
        let is_end = end.zip(by.value.date()).is_some_and(|(end, day)| (end - day).num_days().abs() <= NEAR);
        // The end of the time to withdraw is none: that right has a rule of its own.
        let withdrawal = self.text(Field::WithdrawalPeriod).and_then(|text| Period::find(&text));
        let withdrawn = withdrawal
            .zip(self.letter_date())
            .map(|(period, letter)| Count::from(StartKind::LetterDate, letter).plus(period).day());
        let is_withdrawal = by.origin == Origin::Derived && withdrawn.is_some() && withdrawn == by.value.date();
        (!is_withdrawal && (!is_end || self.fact(Field::NoticePeriod).is_none())).then_some(by)
    }

    /// The country whose rules of payment hold, judged by the account to pay to.
    pub(crate) fn is_swiss(&self) -> bool {
        matches!(self.fact(Field::Iban).map(|f| &f.value), Some(Value::Iban(iban)) if is_swiss(iban))
    }

    /// The region whose holidays count, unless the letter comes from a country without ours.
    pub(crate) fn land(&self, own: Region) -> Region {
        if self.is_swiss() { Region::Switzerland } else { own }
    }
}

fn is_swiss(iban: &Iban) -> bool {
    iban.as_str().starts_with("CH") || iban.as_str().starts_with("LI")
}
